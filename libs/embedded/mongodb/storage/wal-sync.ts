import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Makes committed pages of a SQLite write-ahead log durable. SQLite itself would do so inside COMMIT (`synchronous=FULL`),
 * with the whole process standing still; here the same fdatasync runs beside the next transaction, and all commits
 * that wait meanwhile share the one after it. See docs/adr/0012-embedded-mongodb-group-commit.md.
 */
export class WalSync {
  private readonly fd: number;
  private waiting: Waiter[] = [];
  private running = false;
  private readonly next: (() => void)[] = [];
  private failure: Error | undefined;

  constructor(walFile: string) {
    this.fd = openSync(walFile, 'r+');
  }

  /** Resolves when everything committed before the call is on disk. After one failed sync all later ones fail: what the kernel dropped cannot be known. */
  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      if (!this.running) this.run();
    });
  }

  /** The same for a lone writer, in place: a trip through the thread pool costs more than the wait it would save. */
  syncNow(): void {
    if (this.failure !== undefined) throw this.failure;
    fdatasyncSync(this.fd);
  }

  get busy(): boolean {
    return this.running;
  }

  /** Calls back when the sync that is running has ended, before another one begins. */
  whenFree(callback: () => void): void {
    this.next.push(callback);
  }

  close(): void {
    closeSync(this.fd);
  }

  private run(): void {
    const served = this.waiting;
    this.waiting = [];
    this.running = true;
    fdatasync(this.fd, (error) => {
      this.running = false;
      if (error !== null) this.failure = error;
      for (const waiter of served) {
        if (this.failure === undefined) waiter.resolve();
        else waiter.reject(this.failure);
      }
      for (const callback of this.next.splice(0)) callback();
      if (this.waiting.length > 0 && !this.busy) this.run();
    });
  }
}
