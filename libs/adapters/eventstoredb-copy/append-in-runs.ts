import type { LogEvent } from './log-event.js';
import type { Expected, RemoteLog } from './remote-log.js';

const LONGEST_RUN = 500;
/** Half of what an append may have with the servers' own setting. */
const LARGEST_RUN = 512 * 1024;

/**
 * Appends events of one stream that follow each other as one append. Each append waits for the one before: the order of
 * `$all` is to be that of the source, whatever fails in between.
 */
export class AppendInRuns {
  readonly #target: RemoteLog;
  #run: LogEvent[] = [];
  #bytes = 0;
  #expected: Expected = 'any';

  constructor(target: RemoteLog) {
    this.#target = target;
  }

  /** `mayJoin`: the event can be part of the append that the one before it belongs to. */
  async add(event: LogEvent, expected: Expected, mayJoin: boolean): Promise<void> {
    const size = event.data.length + event.metadata.length + 2 * event.type.length;
    const joins = mayJoin && this.#run[0]?.stream === event.stream;
    if (!joins || this.#run.length >= LONGEST_RUN || this.#bytes + size > LARGEST_RUN) {
      await this.flush();
      this.#expected = expected;
    }
    this.#run.push(event);
    this.#bytes += size;
  }

  /** Resolves when everything is on the target's disk. */
  async flush(): Promise<void> {
    const [first] = this.#run;
    if (!first) return;
    await this.#target.append(first.stream, this.#run, this.#expected);
    this.#run = [];
    this.#bytes = 0;
  }
}
