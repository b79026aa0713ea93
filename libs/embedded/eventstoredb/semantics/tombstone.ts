import { newEventId } from './append.js';
import { decideAppend } from './append-decision.js';
import type { DeleteCommand } from './delete.js';
import type { StreamStore } from './stream-store.js';
import { TOMBSTONE_TYPE } from './system-streams.js';
import type { WriteOutcome } from './write-outcome.js';

/** Ends a stream for good, also one that never existed. Only inside a commit of the store. */
export function tombstone(store: StreamStore, { stream, expected }: DeleteCommand): WriteOutcome {
  const facts = store.facts(stream);
  const id = newEventId();
  const decision = decideAppend(expected, [id], facts);
  if (decision.kind === 'stream-deleted') return decision;
  if (decision.kind !== 'write') return { kind: 'wrong-expected-version', current: facts.current };
  const none = new Uint8Array(0);
  const event = store.log.tombstone(stream, { id, type: TOMBSTONE_TYPE, isJson: false, metadata: none, data: none });
  return { kind: 'written', revision: facts.current, position: event.position };
}
