import { randomUUID } from 'node:crypto';
import type { ProposedEvent, StoredEvent } from '../storage/events.js';
import { decideAppend } from './append-decision.js';
import type { ExpectedRevision } from './expected-revision.js';
import { withTruncateBefore } from './metadata.js';
import type { StreamStore } from './stream-store.js';
import { METADATA_TYPE, describedStream, metastreamOf } from './system-streams.js';
import { isReadable, isSoftDeleted } from './visibility.js';
import type { WriteOutcome } from './write-outcome.js';

export interface AppendCommand {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** May be empty: then only the expectation is checked. */
  readonly events: readonly ProposedEvent[];
}

/** Appends the events, or tells why not. Only inside a commit of the store. */
export function append(store: StreamStore, { stream, expected, events }: AppendCommand): WriteOutcome {
  const facts = store.facts(stream);
  const ids = events.map((event) => event.id);
  const decision = decideAppend(expected, ids, facts);
  switch (decision.kind) {
    case 'stream-deleted':
      return decision;
    case 'wrong-expected-version':
      return { kind: decision.kind, current: facts.current };
    case 'idempotent':
      return {
        kind: 'written',
        revision: decision.revision,
        position: readablePosition(store, stream, decision.revision),
      };
    case 'write': {
      const described = describedStream(stream);
      const revivesDescribed = described !== undefined && isDeleted(store, described);
      const written = events.length > 0 ? store.append(stream, events) : [];
      const last = written.at(-1);
      if (facts.isSoftDeleted) undelete(store, stream, facts.current + 1);
      if (revivesDescribed && last) reviveByMetadata(store, described, last);
      const revision = facts.current + written.length;
      return { kind: 'written', revision, position: last?.position ?? readablePosition(store, stream, revision) };
    }
  }
}

function isDeleted(store: StreamStore, stream: string): boolean {
  const head = store.log.head(stream);
  return head !== undefined && isSoftDeleted(head);
}

/** The stream begins again at `revision`: its metadata stays, but for what hid it. */
function undelete(store: StreamStore, stream: string, revision: number): void {
  const metastream = metastreamOf(stream);
  const head = store.log.head(metastream);
  const newest = head && store.log.reader.eventAt(head, head.lastRevision);
  const data = newest && withTruncateBefore(newest.data, revision);
  if (data) store.append(metastream, [metadataEvent(data)]);
}

/** New metadata on a soft-deleted stream brings it back, empty: the old events stay hidden. */
function reviveByMetadata(store: StreamStore, stream: string, metadata: StoredEvent): void {
  const data = metadata.isJson
    ? withTruncateBefore(metadata.data, (store.log.head(stream)?.lastRevision ?? -1) + 1)
    : undefined;
  if (data) store.append(metastreamOf(stream), [metadataEvent(data)]);
}

export function metadataEvent(data: Uint8Array): ProposedEvent {
  return { id: newEventId(), type: METADATA_TYPE, isJson: true, metadata: new Uint8Array(0), data };
}

export function newEventId(): Uint8Array {
  return Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
}

function readablePosition(store: StreamStore, stream: string, revision: number): number | undefined {
  const head = store.log.head(stream);
  const event = head && store.log.reader.eventAt(head, revision);
  return event && isReadable(head, event, Date.now()) ? event.position : undefined;
}
