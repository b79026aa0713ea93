import type { Worker } from 'node:worker_threads';
import type { Scavengeable } from '../semantics/scavengeable.js';
import { toError } from './failures.js';
import type { MaintenanceReport, MaintenanceTask } from './messages.js';
import { startThread } from './start-thread.js';

type TaskListener = (report: Exclude<MaintenanceReport, { kind: 'checkpointed' }>) => void;

/** The maintenance thread, seen from the thread that serves the network. */
export class Maintenance {
  readonly #thread: Worker;
  readonly #tasks = new Map<number, TaskListener>();
  #number = 0;

  /** `onCheckpoint`: most of the write-ahead log is in the database file, and the rest may be brought there quickly. */
  constructor(directory: string, onCheckpoint: () => void) {
    this.#thread = startThread('maintenance-thread', { directory });
    this.#thread.on('message', (report: MaintenanceReport) => {
      if (report.kind === 'checkpointed') onCheckpoint();
      else this.#tasks.get(report.number)?.(report);
    });
    this.#thread.once('error', (error: Error) => {
      for (const [number, listener] of this.#tasks) {
        listener({ kind: 'failed', number, failure: { kind: 'other', message: error.message } });
      }
    });
  }

  /** Rejects with DamagedStoreError. */
  async verify(what: 'structure' | 'contents'): Promise<void> {
    await this.#perform(`verify-${what}`, () => undefined);
  }

  /** What is removable as of now, in portions. */
  async *findScavengeable(): AsyncGenerator<readonly Scavengeable[]> {
    const portions: (readonly Scavengeable[])[] = [];
    await this.#perform('find-scavengeable', (portion) => {
      portions.push(portion);
    });
    yield* portions;
  }

  async close(): Promise<void> {
    const exited = new Promise((resolve) => this.#thread.once('exit', resolve));
    this.#thread.postMessage('stop');
    await exited;
  }

  #perform(task: MaintenanceTask, onFound: (portion: readonly Scavengeable[]) => void): Promise<void> {
    const number = ++this.#number;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.#tasks.set(number, (report) => {
      if (report.kind === 'found') onFound(report.portion);
      else if (report.kind === 'failed') reject(toError(report.failure));
      else resolve(undefined);
    });
    this.#thread.postMessage({ number, task });
    return promise.finally(() => {
      this.#tasks.delete(number);
    });
  }
}
