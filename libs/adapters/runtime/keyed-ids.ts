import { createHmac, randomBytes } from 'node:crypto';
import type { Ids } from '#event-sourcing';

/** Ids under the key of the store: without it nobody can tell what an id was derived from, or confirm a guess. */
export function createIds(storeKey: Uint8Array): Ids {
  // JSON keeps the parts apart, whatever they contain, lone surrogates included; the first says what it is for.
  const digest = (purpose: string, parts: readonly string[]): Buffer =>
    createHmac('sha256', storeKey)
      .update(JSON.stringify([purpose, ...parts]))
      .digest();
  return {
    next: () => {
      const bytes = randomBytes(16);
      // Begins with the time, so that new ids stand together in an index (RFC 9562, version 7).
      bytes.writeUIntBE(Date.now(), 0, 6);
      return uuid(bytes, 7);
    },
    keyed: (...parts) => digest('keyed', parts).toString('hex', 0, 16),
    derivedUuid: (...parts) => uuid(digest('uuid', parts).subarray(0, 16), 8),
    chance: () => Math.random(),
  };
}

/** Sets version and variant (RFC 9562), and writes the usual text. */
function uuid(bytes: Buffer, version: number): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
