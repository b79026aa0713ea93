import { newEventId, metadataEvent } from './append.js';
import { decideAppend } from './append-decision.js';
import type { ExpectedRevision } from './expected-revision.js';
import { DELETED_METADATA } from './metadata.js';
import type { StreamStore } from './stream-store.js';
import { metastreamOf } from './system-streams.js';
import type { WriteOutcome } from './write-outcome.js';

export interface DeleteCommand {
  readonly stream: string;
  readonly expected: ExpectedRevision;
}

/**
 * Hides a stream until someone writes to it again: its metadata becomes a `$tb` of 2^63-1, and nothing else.
 * Only inside a commit of the store.
 */
export function softDelete(store: StreamStore, { stream, expected }: DeleteCommand): WriteOutcome {
  const facts = store.facts(stream);
  const decision = decideAppend(expected, [newEventId()], facts);
  if (decision.kind === 'stream-deleted') return decision;
  const neverWritten = facts.current === -1 && !facts.hasMetadata;
  if (decision.kind !== 'write' || neverWritten) return { kind: 'wrong-expected-version', current: facts.current };
  const [event] = store.append(metastreamOf(stream), [metadataEvent(Buffer.from(DELETED_METADATA))]);
  return { kind: 'written', revision: facts.current, position: event?.position };
}
