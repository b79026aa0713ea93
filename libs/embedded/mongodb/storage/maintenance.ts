import { Worker } from 'node:worker_threads';

/** What the maintenance thread is asked to do. */
export interface MaintenanceTask {
  readonly number: number;
  /** Move the log into the database file, as far as nobody is in the way; or rewrite the file and empty the log. */
  readonly kind: 'checkpoint' | 'compact';
  readonly path: string;
}

interface Outcome {
  readonly number: number;
  readonly failure: string | undefined;
}

/** Work on database files that takes long, done by a thread of its own, which is started by the first task. */
export class Maintenance {
  private worker: Worker | undefined;
  private lastNumber = 0;
  private readonly running = new Map<number, (outcome: Outcome) => void>();

  /** Resolves when it is done. Rejects with what SQLite says. */
  async run(kind: MaintenanceTask['kind'], path: string): Promise<void> {
    const number = ++this.lastNumber;
    const done = new Promise<Outcome>((resolve) => this.running.set(number, resolve));
    this.thread().postMessage({ number, kind, path } satisfies MaintenanceTask);
    const { failure } = await done;
    if (failure !== undefined) throw new Error(`${kind} of ${path}: ${failure}`);
  }

  /** Ends the thread once what it was asked for is done. */
  async close(): Promise<void> {
    const { worker } = this;
    if (worker === undefined) return;
    while (this.running.size > 0) await new Promise((resolve) => worker.once('message', resolve));
    await worker.terminate();
  }

  private thread(): Worker {
    if (this.worker !== undefined) return this.worker;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./maintenance-thread.${extension}`, import.meta.url), { execArgv: [] });
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
    waiting?.(outcome);
  }
}
