import { databaseSize } from './storage/connection.js';
import { DamagedStoreError } from './storage/damage.js';
import type { EventReader } from './storage/event-reader.js';
import { verifyNewest } from './storage/verification.js';
import { LostSyncError } from './storage/wal-sync.js';
import type { Maintenance } from './threads/maintenance.js';

/** Up to this size everything is verified before the first call is served: it takes a fraction of a second. */
const VERIFIED_FIRST = 64 * 1024 * 1024;

/** Whether the log is known to be damaged, or no longer safe to write to. */
export class Health {
  #damage: string | undefined;

  get isGood(): boolean {
    return this.#damage === undefined;
  }

  /**
   * Verifies the log; of a large one the newest events, and the rest in the background. A damaged structure is no base for any answer: rejects with
   * DamagedStoreError. A damaged event only makes the health bad: other streams can be served, and reading it fails.
   */
  static async examine(directory: string, reader: EventReader, maintenance: Maintenance): Promise<Health> {
    const health = new Health();
    if (databaseSize(directory) > VERIFIED_FIRST) {
      try {
        verifyNewest(reader);
      } catch (error) {
        health.#reportFailure(error);
      }
      void health.#verify('structure', maintenance).then(() => health.#verify('contents', maintenance));
    } else {
      await maintenance.verify('structure');
      await health.#verify('contents', maintenance);
    }
    return health;
  }

  /** Notes what was thrown while the log was used, if it means that the log cannot be relied on. */
  notice(error: unknown): void {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    if (cause instanceof DamagedStoreError || cause instanceof LostSyncError) this.#report(cause.message);
  }

  /** Notes damage and tells the operator, once. */
  #report(damage: string): void {
    if (this.#damage === undefined) console.error(`EventStoreDB (embedded): ${damage}`);
    this.#damage ??= damage;
  }

  /** What cannot be verified counts as damaged, whatever the reason. */
  #reportFailure(error: unknown): void {
    this.#report(error instanceof Error ? error.message : String(error));
  }

  async #verify(what: 'structure' | 'contents', maintenance: Maintenance): Promise<void> {
    await maintenance.verify(what).catch((error: unknown) => {
      this.#reportFailure(error);
    });
  }
}
