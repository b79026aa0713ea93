import { closeSync, constants, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const fdatasyncInPool = promisify(fdatasync);

/** A sync has failed. What the kernel has dropped then cannot be known, so nothing is to be written after it. */
export class LostSyncError extends Error {
  override readonly name = 'LostSyncError';

  constructor(cause: unknown) {
    super('the write-ahead log could not be synced: nothing is written until the server is started again', { cause });
  }
}

/**
 * Makes what was committed to SQLite's write-ahead log durable. SQLite would do so inside COMMIT (`synchronous=FULL`),
 * and the thread that serves the network would stand still for as long as the disk takes.
 * See docs/adr/0014-the-embedded-event-log-syncs-sqlites-log-itself.md.
 */
export class WalSync {
  readonly #file: number;
  #failure: LostSyncError | undefined;

  /** The write-ahead log has no locks on it, so opening and closing it drops none. */
  constructor(path: string) {
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT);
  }

  /** Throws LostSyncError when a sync has failed. */
  requireIntact(): void {
    if (this.#failure) throw this.#failure;
  }

  /** In the thread pool, while this thread does other work. */
  async sync(): Promise<void> {
    this.requireIntact();
    await fdatasyncInPool(this.#file).catch((error: unknown) => this.#fail(error));
  }

  /** In place: for a lone write the way through the thread pool would take as long as the sync. */
  syncNow(): void {
    this.requireIntact();
    try {
      fdatasyncSync(this.#file);
    } catch (error) {
      this.#fail(error);
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #fail(cause: unknown): never {
    this.#failure = new LostSyncError(cause);
    throw this.#failure;
  }
}
