import { ForeignStore } from '../errors.js';
import type { EventStore } from '../ports/event-store.js';
import { beginningOf } from '../store-identity.js';
import type { Checkpoint } from './progress.js';

/**
 * Makes sure that the log is the one that the checkpoint was made with. After a restore of an older copy, and in a copy
 * on another server, positions mean other events, and going on would mix two histories. An event that was scavenged
 * since is no proof of another history; a log that ends before the checkpoint is, and one that begins at another place.
 * Throws `ForeignStore`.
 */
export async function verifyHistory(store: EventStore, { event }: Checkpoint): Promise<void> {
  if (event === null) return;
  // Progress that an earlier build has saved does not tell it. Without this, a copy with wide gaps between its
  // positions would look like a log from which the event was removed.
  const beginning = await beginningOf(store);
  if (typeof event.beginning === 'number' && beginning !== event.beginning) {
    throw new ForeignStore(
      `the models were made from another history (it began at position ${event.beginning}, this one, a copy maybe, at ${beginning ?? 'none'}): rebuild --all`,
    );
  }
  const there = await store.eventAt(event.position);
  if (there?.id === event.id) return;
  if (there === undefined && (await endsAfter(store, event.position))) return;
  throw new ForeignStore(`the models were made from another history (position ${event.position}): rebuild --all`);
}

async function endsAfter(store: EventStore, position: number): Promise<boolean> {
  for await (const newest of store.readAll({ direction: 'backwards', limit: 1 })) return newest.position > position;
  return false;
}
