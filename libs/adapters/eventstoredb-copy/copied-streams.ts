import { describedStream } from './log-event.js';
import type { LogEvent } from './log-event.js';
import type { Expected } from './remote-log.js';
import { DELETED, truncateBeforeOf, withTruncateBefore } from './truncate-before.js';

interface Copied {
  readonly count: bigint;
  /** The revision after the last one in the source. */
  readonly next: bigint;
}

/**
 * How far each stream is copied. Its revisions are those of the source, unless a scavenge has taken its beginning away:
 * then it begins with 0 again, because no server can be told to begin a stream elsewhere.
 */
export class CopiedStreams {
  readonly #firstRevisions: ReadonlyMap<string, bigint>;
  readonly #copied = new Map<string, Copied>();
  readonly #softDeleted = new Set<string>();
  readonly #revived = new Set<string>();

  /** `firstRevisions`: of the streams that begin with another than 0 in the source. */
  constructor(firstRevisions: ReadonlyMap<string, bigint>) {
    this.#firstRevisions = firstRevisions;
  }

  /** Metadata streams may hold more than was copied: a server writes to them when a deleted stream begins again. */
  expected(stream: string): Expected {
    if (describedStream(stream) !== undefined) return 'any';
    const { count } = this.#of(stream);
    return count === 0n ? 'no_stream' : count - 1n;
  }

  /** The revision that the next event of the stream has in the target; undefined where it cannot be known. */
  nextRevision(stream: string): bigint | undefined {
    return describedStream(stream) === undefined ? this.#of(stream).count : undefined;
  }

  /** The event as the target shall have it: a `$tb` means the same event there as here. */
  translated(event: LogEvent): LogEvent {
    const described = describedStream(event.stream);
    if (described === undefined || !event.isJson) return event;
    const { count, next } = this.#of(described);
    const removed = next - count;
    const truncateBefore = removed > 0n ? truncateBeforeOf(event.data) : undefined;
    if (truncateBefore === undefined || truncateBefore === DELETED) return event;
    const moved = truncateBefore > removed ? truncateBefore - removed : 0n;
    return { ...event, data: withTruncateBefore(event.data, moved) };
  }

  /** A soft delete of what is soft-deleted: written like other metadata, it would bring the stream back. */
  isRepeatedDelete(event: LogEvent): boolean {
    const described = describedStream(event.stream);
    return described !== undefined && this.#softDeleted.has(described) && isSoftDelete(event);
  }

  /** Whether the server itself has written this to its target: a deleted stream had begun again. */
  isOfTheServer(event: LogEvent): boolean {
    return this.#revived.has(event.stream) && event.type === '$metadata' && event.metadata.length === 0;
  }

  note(event: LogEvent): void {
    const { count } = this.#of(event.stream);
    this.#copied.set(event.stream, { count: count + 1n, next: event.revision + 1n });
    const described = describedStream(event.stream);
    if (described !== undefined && isSoftDelete(event)) {
      this.#softDeleted.add(described);
    } else if (this.#softDeleted.delete(described ?? event.stream)) {
      this.#revived.add(`$$${described ?? event.stream}`);
    }
  }

  #of(stream: string): Copied {
    return this.#copied.get(stream) ?? { count: 0n, next: this.#firstRevisions.get(stream) ?? 0n };
  }
}

function isSoftDelete(event: LogEvent): boolean {
  return event.isJson && truncateBeforeOf(event.data) === DELETED;
}
