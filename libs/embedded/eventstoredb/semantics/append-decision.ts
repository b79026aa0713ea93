import type { ExpectedRevision } from './expected-revision.js';

/** What the decision needs to know of the stream, as it is at that moment. */
export interface StreamFacts {
  /** The last revision; -1 when there was never an event. */
  readonly current: number;
  /** The stream, or for `$$s` the stream s, is tombstoned. */
  readonly isTombstoned: boolean;
  readonly isSoftDeleted: boolean;
  /** Some metadata was ever written for it. */
  readonly hasMetadata: boolean;
  /** Revision of the first recent event of this stream with that id. */
  recentRevision(id: Uint8Array): number | undefined;
  /** Id of the event at a revision, hidden or not; undefined when there is none or a scavenge has removed it. */
  idAt(revision: number): Uint8Array | undefined;
}

export type AppendDecision =
  | { readonly kind: 'write' }
  | { readonly kind: 'idempotent'; readonly revision: number }
  | { readonly kind: 'wrong-expected-version' }
  | { readonly kind: 'stream-deleted' };

const WRITE = { kind: 'write' } as const;
const WRONG = { kind: 'wrong-expected-version' } as const;
const DELETED = { kind: 'stream-deleted' } as const;

/** Whether an append of events with these ids is written, was written before, or is refused. */
export function decideAppend(
  expected: ExpectedRevision,
  ids: readonly Uint8Array[],
  stream: StreamFacts,
): AppendDecision {
  if (stream.isTombstoned) return DELETED;
  if (expected === 'stream_exists') {
    if (stream.isSoftDeleted) return DELETED;
    if (stream.current === -1 && !stream.hasMetadata) return WRONG;
  }
  if (expected === 'any' || expected === 'stream_exists') return decideByRecentIds(ids, stream);
  const revision = expected === 'no_stream' ? -1n : expected;
  const current = BigInt(stream.current);
  if (revision > current) return WRONG;
  if (revision === current) return WRITE;
  return decideByStoredIds(Number(revision), ids, stream);
}

/** No revision to compare with: the ids written lately tell a retry from a new append. */
function decideByRecentIds(ids: readonly Uint8Array[], stream: StreamFacts): AppendDecision {
  let revision: number | undefined;
  for (const [index, id] of ids.entries()) {
    const known = stream.recentRevision(id);
    if (known === undefined) return index === 0 ? WRITE : WRONG;
    revision = known;
  }
  return revision === undefined ? WRITE : { kind: 'idempotent', revision };
}

/** The expected revision is in the past: a retry, if what follows it is exactly what is to be appended. */
function decideByStoredIds(revision: number, ids: readonly Uint8Array[], stream: StreamFacts): AppendDecision {
  if (ids.length === 0) return WRONG;
  for (const [index, id] of ids.entries()) {
    const stored = stream.idAt(revision + 1 + index);
    if (stored && Buffer.compare(stored, id) === 0) continue;
    const recreates = index === 0 && revision === -1 && stream.isSoftDeleted;
    return recreates ? WRITE : WRONG;
  }
  return { kind: 'idempotent', revision: revision + ids.length };
}
