import { createHash } from 'node:crypto';

/** One event of `$all`, its payload as it lies in the log: parsed and written anew, numbers beyond 2^53 would change. */
export interface LogEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}

const TOMBSTONE_REVISION = 2n ** 63n - 1n;

/** What a node writes for itself, and what another node makes anew: epochs, statistics, accounts, projections. */
const OF_THE_NODE =
  /^(\$\$)?\$(epoch-information|stats-|scavenge|users?$|user-|UserCreated|projections?-|persistentSubscription|streams$|ce-|et-|bc-|category-|mem-)/;

export function isOfTheNode({ stream }: LogEvent): boolean {
  return OF_THE_NODE.test(stream);
}

export function isTombstone({ revision }: LogEvent): boolean {
  return revision === TOMBSTONE_REVISION;
}

/** For `$$s` the stream s, otherwise undefined. */
export function describedStream(stream: string): string | undefined {
  return stream.startsWith('$$') ? stream.slice(2) : undefined;
}

/** Whether one is the copy of the other, where each stands aside. An id that the server itself gave is not compared. */
export function isCopyOf(copy: LogEvent, event: LogEvent, isIdOurs: boolean): boolean {
  return (
    copy.stream === event.stream &&
    (!isIdOurs || copy.id === event.id) &&
    copy.type === event.type &&
    copy.isJson === event.isJson &&
    Buffer.compare(copy.metadata, event.metadata) === 0 &&
    Buffer.compare(copy.data, event.data) === 0
  );
}

/** A running hash over events, in order; the same for the events and their copies. */
export class LogHash {
  readonly #hash = createHash('sha256');

  add(event: LogEvent, isIdOurs: boolean): void {
    const { stream, id, type, isJson, metadata, data } = event;
    const head = JSON.stringify([stream, isIdOurs ? id : '', type, isJson, metadata.length, data.length]);
    this.#hash.update(head).update(metadata).update(data);
  }

  /** Hexadecimal; nothing can be added afterwards. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
