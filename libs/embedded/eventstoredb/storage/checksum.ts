import { crc32 } from 'node:zlib';

/** The columns of an event row that its checksum covers: all but the checksum. */
export interface EventColumns {
  readonly position: number;
  readonly sid: number;
  readonly revision: number;
  readonly flags: number;
  readonly created: number;
  readonly id: Uint8Array;
  readonly type: Uint8Array;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}

/** CRC-32 of an event row. The lengths are part of it: otherwise bytes could move between neighbouring columns. */
export function eventChecksum(row: EventColumns): number {
  const numbers = `${row.position},${row.sid},${row.revision},${row.flags},${row.created},${row.type.length},${row.metadata.length}`;
  return crc32(row.data, crc32(row.metadata, crc32(row.type, crc32(row.id, crc32(numbers)))));
}

/** The columns of a stream row that its checksum covers: all but the checksum. */
export interface StreamColumns {
  readonly sid: number;
  readonly name: Uint8Array;
  readonly firstRevision: number;
  readonly lastRevision: number;
  readonly tombstoned: boolean;
  readonly metadata: string;
}

export function streamChecksum(row: StreamColumns): number {
  const numbers = `${row.sid},${row.firstRevision},${row.lastRevision},${row.tombstoned ? 1 : 0},`;
  return crc32(row.metadata, crc32(row.name, crc32(numbers)));
}
