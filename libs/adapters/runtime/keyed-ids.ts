import { createHmac, randomUUIDv7 } from 'node:crypto';
import type { Ids } from '#event-sourcing';

/** Ids under the key of the store: without it nobody can tell what an id was derived from, or confirm a guess. */
export function createIds(storeKey: Uint8Array): Ids {
  // JSON keeps the parts apart, whatever they contain, lone surrogates included; the first says what it is for.
  const digest = (purpose: string, parts: readonly string[]): string =>
    createHmac('sha256', storeKey)
      .update(JSON.stringify([purpose, ...parts]))
      .digest('hex');
  return {
    // Begins with the time, so that new ids stand together in an index (RFC 9562, version 7).
    next: () => randomUUIDv7(),
    keyed: (...parts) => digest('keyed', parts).slice(0, 32),
    derivedUuid: (...parts) => uuid(digest('uuid', parts)),
    chance: () => Math.random(),
  };
}

/** The first 122 bits of the digest, with the version for custom formats and the variant (RFC 9562, version 8). */
function uuid(hex: string): string {
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
