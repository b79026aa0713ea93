import type { SQLOutputValue } from 'node:sqlite';
import { eventChecksum, streamChecksum } from './checksum.js';
import { DamagedStoreError } from './damage.js';
import type { StoredEvent } from './events.js';
import { JSON_FLAG, TOMBSTONE_FLAG } from './events.js';
import type { StreamHead, StreamMetadata } from './stream-head.js';

export type Row = Record<string, SQLOutputValue>;

/** The part of an event that filters look at. */
export interface EventHeader {
  readonly position: number;
  readonly sid: number;
  readonly type: string;
}

export const EVENT_COLUMNS = 'position, sid, revision, flags, created, crc, id, type, metadata, data';
export const STREAM_COLUMNS = 'sid, name, first_revision, last_revision, tombstoned, metadata, crc';

/** Throws DamagedStoreError when the checksum says that the row is not the one that was written. */
export function decodeEvent(row: Row, stream: string): StoredEvent {
  const columns = {
    position: integer(row['position']),
    sid: integer(row['sid']),
    revision: integer(row['revision']),
    flags: integer(row['flags']),
    created: integer(row['created']),
    id: bytes(row['id']),
    type: bytes(row['type']),
    metadata: bytes(row['metadata']),
    data: bytes(row['data']),
  };
  if (eventChecksum(columns) !== row['crc']) {
    throw new DamagedStoreError(
      `event ${columns.revision} of stream '${stream}' at position ${columns.position} is damaged`,
    );
  }
  return {
    position: columns.position,
    stream,
    revision: columns.revision,
    id: columns.id,
    type: text(columns.type),
    isJson: (columns.flags & JSON_FLAG) !== 0,
    isTombstone: (columns.flags & TOMBSTONE_FLAG) !== 0,
    created: columns.created,
    metadata: columns.metadata,
    data: columns.data,
  };
}

export function decodeHeader(row: Row): EventHeader {
  return { position: integer(row['position']), sid: integer(row['sid']), type: text(bytes(row['type'])) };
}

/** Throws DamagedStoreError when the checksum says that the row is not the one that was written. */
export function decodeHead(row: Row): StreamHead {
  const columns = {
    sid: integer(row['sid']),
    name: bytes(row['name']),
    firstRevision: integer(row['first_revision']),
    lastRevision: integer(row['last_revision']),
    tombstoned: row['tombstoned'] === 1,
    metadata: String(row['metadata']),
  };
  if (streamChecksum(columns) !== row['crc']) {
    throw new DamagedStoreError(`the entry of stream ${columns.sid} is damaged`);
  }
  return {
    sid: columns.sid,
    name: text(columns.name),
    firstRevision: columns.firstRevision,
    lastRevision: columns.lastRevision,
    isTombstoned: columns.tombstoned,
    metadata: JSON.parse(columns.metadata) as StreamMetadata,
  };
}

function integer(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number') throw new DamagedStoreError('a row of the event log has no number where one belongs');
  return value;
}

function bytes(value: SQLOutputValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array))
    throw new DamagedStoreError('a row of the event log has no bytes where some belong');
  return value;
}

function text(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
}
