import type { EventLog } from '../storage/event-log.js';
import type { ProposedEvent, StoredEvent } from '../storage/events.js';
import type { StreamFacts } from './append-decision.js';
import { parseMetadata } from './metadata.js';
import { RECENT_EVENTS, RecentIds } from './recent-ids.js';
import { describedStream, metastreamOf } from './system-streams.js';
import { isSoftDeleted } from './visibility.js';

/** The log with what the rules of writing add to it: the memory of recent ids, and metadata taking effect. */
export class StreamStore {
  readonly log: EventLog;
  readonly recentIds: RecentIds;
  #written: StoredEvent[] = [];

  constructor(log: EventLog) {
    this.log = log;
    this.recentIds = new RecentIds((stream) => {
      const head = log.head(stream);
      return head ? log.reader.newestIds(head, RECENT_EVENTS) : [];
    });
  }

  /** As `EventLog.commit`; what fails leaves no trace in the memory of ids either. */
  commit<T>(write: () => T): { result: T; events: readonly StoredEvent[] } {
    this.#written = [];
    try {
      return this.log.commit(write);
    } catch (error) {
      for (const event of this.#written) this.recentIds.forget(event);
      throw error;
    }
  }

  /** As `commit`, and on disk when it returns. */
  transaction<T>(write: () => T): { result: T; events: readonly StoredEvent[] } {
    const committed = this.commit(write);
    this.log.syncNow();
    return committed;
  }

  /** Appends events to a stream; those to a metastream take effect at once. Only inside `commit`. */
  append(stream: string, events: readonly ProposedEvent[]): StoredEvent[] {
    const stored = this.log.append(stream, events);
    for (const event of stored) this.recentIds.remember(event);
    this.#written.push(...stored);
    const described = describedStream(stream);
    const newest = stored.at(-1);
    if (described !== undefined && newest) this.log.setMetadata(described, parseMetadata(newest.data, newest.isJson));
    return stored;
  }

  facts(stream: string): StreamFacts {
    const head = this.log.head(stream);
    const described = describedStream(stream);
    return {
      current: head?.lastRevision ?? -1,
      isTombstoned:
        (head?.isTombstoned ?? false) || (described !== undefined && (this.log.head(described)?.isTombstoned ?? false)),
      isSoftDeleted: head !== undefined && isSoftDeleted(head),
      hasMetadata: (this.log.head(metastreamOf(stream))?.lastRevision ?? -1) >= 0,
      recentRevision: (id) => this.recentIds.revisionOf(stream, id),
      idAt: (revision) => head && this.log.reader.eventAt(head, revision)?.id,
    };
  }
}
