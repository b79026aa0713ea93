import type { StoredEvent } from '../storage/events.js';
import type { StreamHead, StreamMetadata } from '../storage/stream-head.js';
import { describedStream } from './system-streams.js';

/** Of a metastream only the newest event counts, whatever is written about the metastream itself. */
const METASTREAM_METADATA: StreamMetadata = { maxCount: 1 };

export function metadataOf(head: StreamHead): StreamMetadata {
  return describedStream(head.name) === undefined ? head.metadata : METASTREAM_METADATA;
}

export function isSoftDeleted(head: StreamHead): boolean {
  return metadataOf(head).isDeleted === true;
}

/** The lowest revision that the stream's metadata leaves readable, age aside. May lie beyond the last revision. */
export function lowestReadable(head: StreamHead): number {
  const { maxCount, truncateBefore } = metadataOf(head);
  const byCount = maxCount === undefined ? 0 : head.lastRevision - maxCount + 1;
  return Math.max(byCount, truncateBefore ?? 0, head.firstRevision);
}

/** The creation time (ms) before which events are hidden; of an older one the age is over. */
export function oldestReadable(head: StreamHead, now: number): number {
  const { maxAge } = metadataOf(head);
  return maxAge === undefined ? 0 : now - maxAge * 1000;
}

export function isReadable(head: StreamHead, event: StoredEvent, now: number): boolean {
  if (head.isTombstoned || isSoftDeleted(head)) return false;
  return event.revision >= lowestReadable(head) && event.created >= oldestReadable(head, now);
}
