import { Worker } from 'node:worker_threads';
import { execArgvFor } from '../../threads/source-loading.js';

/** What the maintenance thread is asked to do. */
export interface MaintenanceTask {
  readonly number: number;
  /** Move the log into the database file, as far as nobody is in the way; or take out of both what was deleted. */
  readonly kind: 'checkpoint' | 'compact';
  readonly path: string;
  /** The database file, opened by whoever has its connection: closing it any earlier would drop SQLite's locks. */
  readonly fd: number;
}

interface Outcome {
  readonly number: number;
  readonly failure: string | undefined;
}

/** Work on database files that takes long, done by a thread of its own, which is started by the first task. */
export class Maintenance {
  private worker: Worker | undefined;
  private lastNumber = 0;
  private readonly running = new Map<number, PromiseWithResolvers<Outcome>>();

  /** Resolves when it is done. Rejects with what SQLite says. */
  async run(kind: MaintenanceTask['kind'], { path, fd }: Pick<MaintenanceTask, 'path' | 'fd'>): Promise<void> {
    const number = ++this.lastNumber;
    const outcome = Promise.withResolvers<Outcome>();
    this.running.set(number, outcome);
    this.thread().postMessage({ number, kind, path, fd } satisfies MaintenanceTask);
    const { failure } = await outcome.promise;
    if (failure !== undefined) throw new Error(`${kind} of ${path}: ${failure}`);
  }

  /** Ends the thread once what it was asked for is done. */
  async close(): Promise<void> {
    while (this.running.size > 0) await Promise.all([...this.running.values()].map(({ promise }) => promise));
    await this.worker?.terminate();
  }

  private thread(): Worker {
    if (this.worker !== undefined) return this.worker;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const module = new URL(`./maintenance-thread.${extension}`, import.meta.url);
    const worker = new Worker(module, { execArgv: execArgvFor(module) });
    worker.on('message', (outcome: Outcome) => {
      this.settle(outcome);
    });
    // A thread that dies must not leave anyone waiting; the next task starts another one.
    worker.on('error', (error) => {
      this.worker = undefined;
      const failure = error instanceof Error ? error.message : String(error);
      for (const number of [...this.running.keys()]) this.settle({ number, failure });
    });
    worker.unref();
    return (this.worker = worker);
  }

  private settle(outcome: Outcome): void {
    const waiting = this.running.get(outcome.number);
    this.running.delete(outcome.number);
    waiting?.resolve(outcome);
  }
}
