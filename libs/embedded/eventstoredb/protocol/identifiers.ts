import { invalidArgument } from '../transport/status.js';
import type { StreamIdentifierMessage, UuidMessage } from './messages/shared.js';

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** The form in which a reader wants ids. */
export type UuidForm = 'string' | 'structured';

/** 16 bytes. Throws GrpcError for none, for the zero id and for what is no id. */
export function parseUuid(uuid: UuidMessage | undefined): Uint8Array {
  const bytes = uuid?.string === undefined ? parseStructured(uuid) : parseText(uuid.string);
  if (bytes.every((byte) => byte === 0)) throw invalidArgument('an id must not be empty');
  return bytes;
}

function parseText(text: string): Uint8Array {
  if (!UUID.test(text)) throw invalidArgument('an id is not a UUID');
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}

function parseStructured(uuid: UuidMessage | undefined): Uint8Array {
  const { mostSignificantBits = 0n, leastSignificantBits = 0n } = uuid?.structured ?? {};
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt(mostSignificantBits), 0);
  bytes.writeBigInt64BE(BigInt(leastSignificantBits), 8);
  return bytes;
}

export function formatUuid(id: Uint8Array, form: UuidForm): UuidMessage {
  const bytes = Buffer.from(id.buffer, id.byteOffset, id.byteLength);
  if (form === 'structured') {
    const structured = {
      mostSignificantBits: bytes.readBigInt64BE(0).toString(),
      leastSignificantBits: bytes.readBigInt64BE(8).toString(),
    };
    return { structured };
  }
  const hex = bytes.toString('hex');
  const string = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return { string };
}

/** Throws GrpcError for an empty name, which is no stream. */
export function parseStreamName(identifier: StreamIdentifierMessage | undefined): string {
  const name = Buffer.from(identifier?.streamName ?? []).toString('utf8');
  if (name === '') throw invalidArgument('a stream name must not be empty');
  return name;
}

/** As `parseStreamName`, for writing: `$$` would be the metadata of the stream without a name. */
export function parseWritableStreamName(identifier: StreamIdentifierMessage | undefined): string {
  const name = parseStreamName(identifier);
  if (name === '$$') throw invalidArgument("'$$' is the metastream of no stream");
  return name;
}

export function streamIdentifierOf(name: string): StreamIdentifierMessage {
  return { streamName: Buffer.from(name) };
}
