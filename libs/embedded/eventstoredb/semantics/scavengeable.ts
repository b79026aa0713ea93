import type { EventReader } from '../storage/event-reader.js';
import type { StreamHead } from '../storage/stream-head.js';
import { describedStream } from './system-streams.js';
import { lowestReadable, metadataOf, oldestReadable } from './visibility.js';

/** The events of one stream that a scavenge removes: all before a revision. */
export interface Scavengeable {
  readonly stream: string;
  readonly before: number;
}

/** What nobody can read any more, of every stream, as of now. Nothing is judged by what comes later. */
export function* findScavengeable(reader: EventReader, now: number): Generator<Scavengeable> {
  for (const head of reader.heads()) {
    const before = firstKept(reader, head, now);
    if (before > head.firstRevision) yield { stream: head.name, before };
  }
}

/**
 * The first revision that stays. Of a tombstoned stream only the tombstone does, and its metadata goes altogether;
 * every other stream keeps its last event, so that its next revision is never in doubt.
 */
function firstKept(reader: EventReader, head: StreamHead, now: number): number {
  const described = describedStream(head.name);
  const isEnded = head.isTombstoned || (described !== undefined && reader.head(described)?.isTombstoned === true);
  if (isEnded) return head.lastRevision + 1;
  const readable = lowestReadable(head);
  const youngEnough =
    metadataOf(head).maxAge === undefined ? readable : reader.firstSince(head, readable, oldestReadable(head, now));
  return Math.min(youngEnough, head.lastRevision);
}
