import { closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { APPLICATION_ID, FORMAT, SCHEMA } from './schema.js';
import { MongoError } from '../values/errors.js';
import type { Maintenance, MaintenanceTask } from './maintenance.js';
import { WalLog } from './wal-log.js';
import { writePageSums } from './page-sums.js';
import { WalSync } from './wal-sync.js';

/** Up to this many writers a commit is made durable in place; more are worth a thread-pool trip that lets others run. */
const FEW_WRITERS = 2;

/** Changes in one transaction from which on it waits for nobody. */
const MANY_WRITERS = 2000;

/** Pages in the log, not yet in the database file, from which on they are moved there. */
const CHECKPOINT_FRAMES = 1000;
/** A log of so many pages is to begin anew soon. */
const LONG_LOG_FRAMES = 8000;
/** Nor may it get longer: whoever writes more than a disk takes waits for it. */
const LONGEST_LOG_FRAMES = 24_000;
/** So few pages are moved in a moment. */
const FEW_FRAMES = 256;

/** A request this soon after a sync in place cannot be the answer to its reply: it was waiting already. */
const WAITED_MS = 0.1;

/** The file is SQLite, but of a format that this version does not know. */
export class UnknownFormat extends Error {
  override readonly name = 'UnknownFormat';
}

/** One shared transaction: many write commands, one commit, one sync. */
export interface Batch {
  /** The commit has happened (or failed): enough for `j: false`. */
  readonly committed: Promise<void>;
  /** The commit is on disk: what every other write waits for. */
  readonly durable: Promise<void>;
}

/** A database's SQLite file, with group commit: writes that come in one turn, or during one sync, share a transaction. */
export class DatabaseFile {
  readonly sqlite: DatabaseSync;
  readonly fd: number;
  private readonly wal: WalSync;
  private readonly log: WalLog;
  private checkpointing = false;
  private exclusive: Promise<void> | undefined;
  private readonly beginTransaction: StatementSync;
  private readonly commitTransaction: StatementSync;
  private open: CountedBatch | undefined;
  private lastSyncInPlace = 0;

  /** `onRollback` is called when a shared transaction is lost, so that what was remembered of it is forgotten too. */
  constructor(
    readonly path: string,
    private readonly maintenance: Maintenance,
    private readonly onRollback: () => void,
  ) {
    this.sqlite = new DatabaseSync(path, { timeout: 5000 });
    this.sqlite.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536;
      PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0;
    `);
    this.checkFormat();
    this.fd = openSync(path, 'r+');
    this.wal = new WalSync(`${path}-wal`);
    this.log = new WalLog(path);
    this.beginTransaction = this.sqlite.prepare('BEGIN IMMEDIATE');
    this.commitTransaction = this.sqlite.prepare('COMMIT');
  }

  /**
   * Joins the transaction that is open, or opens one. Call it before each synchronous run of changes: it ends by itself
   * with the turn of the event loop, or with the sync that is under way, never in the middle of a synchronous run.
   */
  joinBatch(): Batch {
    if (this.exclusive !== undefined) throw new MongoError(117, `${this.path} is being compacted`);
    this.open ??= this.openBatch();
    this.open.writers++;
    return this.open;
  }

  /** Gives up the shared transaction after a fault in the middle of a change: everyone in it is told. */
  abort(error: unknown): void {
    const batch = this.open;
    if (batch === undefined) return;
    this.open = undefined;
    if (this.sqlite.isTransaction) this.sqlite.exec('ROLLBACK');
    batch.reject(error);
    this.onRollback();
  }

  /** Commits what is open now, because the next statement (a checkpoint, VACUUM) cannot run inside a transaction. */
  flush(): void {
    if (this.open !== undefined) this.commit(this.open);
  }

  /** Pending while the file is worked on alone: whoever wants to write waits for it; reading goes on. Never rejects. */
  get busy(): Promise<void> | undefined {
    return this.exclusive;
  }

  /** Takes what was deleted out of the file and the log; answers the bytes that the file got smaller by. */
  async compact(): Promise<number> {
    while (this.exclusive !== undefined) await this.exclusive;
    this.flush();
    const before = statSync(this.path).size;
    await this.alone('compact');
    return Math.max(0, before - statSync(this.path).size);
  }

  /** Has the file worked on while nobody writes. To be called between two transactions. */
  private alone(kind: MaintenanceTask['kind']): Promise<void> {
    const done = this.maintenance.run(kind, this);
    this.exclusive = done
      .catch(() => undefined)
      .then(() => {
        this.exclusive = undefined;
      });
    return done;
  }

  /** Commits, moves the log into the database file and closes. */
  close(): void {
    this.flush();
    this.abandon();
    writePageSums(this.path);
  }

  /** Closes without more ado; what was committed stays. */
  abandon(): void {
    this.wal.close();
    this.log.close();
    this.sqlite.close();
    closeSync(this.fd);
  }

  private openBatch(): CountedBatch {
    this.beginTransaction.run();
    const waited = performance.now() - this.lastSyncInPlace < WAITED_MS;
    const batch = { ...newBatch(), writers: 0, waited };
    setImmediate(() => {
      this.commitSoon(batch);
    });
    return batch;
  }

  /**
   * While a sync runs, a commit gains nothing: it would wait for the next one. Until then others may join, and all of them
   * share one commit; a batch that has grown large goes its way, so that a slow disk does not make it endless.
   */
  private commitSoon(batch: CountedBatch): void {
    if (this.open !== batch) return;
    if (this.wal.busy && batch.writers < MANY_WRITERS) {
      this.wal.whenFree(() => {
        this.commitSoon(batch);
      });
    } else this.commit(batch);
  }

  private commit(batch: CountedBatch): void {
    this.open = undefined;
    try {
      this.commitTransaction.run();
    } catch (error) {
      if (this.sqlite.isTransaction) this.sqlite.exec('ROLLBACK');
      batch.reject(error);
      this.onRollback();
      return;
    }
    batch.resolveCommitted();
    this.makeDurable(batch);
    this.moveLog();
  }

  /** Has a long log moved into the database file, beside the writing. */
  private moveLog(): void {
    const { frames, moved } = this.log.read();
    if (this.checkpointing || this.exclusive !== undefined || frames - moved < CHECKPOINT_FRAMES) return;
    this.checkpointing = true;
    const done = frames > LONGEST_LOG_FRAMES ? this.alone('checkpoint') : this.maintenance.run('checkpoint', this);
    done
      .then(() => {
        this.finishLog();
      })
      // A full disk, say: the log stays, and is tried again when it has grown.
      .catch((error: unknown) => {
        console.error(error);
      })
      .finally(() => {
        this.checkpointing = false;
      });
  }

  /**
   * The log can begin anew only when all of it has been moved; under steady writing the thread never meets that moment. What
   * little it has left over is moved here; when it is never little, writers wait once (`LONGEST_LOG_FRAMES`).
   */
  private finishLog(): void {
    if (this.exclusive !== undefined || !this.sqlite.isOpen) return;
    const { frames, moved } = this.log.read();
    if (frames <= LONG_LOG_FRAMES || frames - moved >= FEW_FRAMES) return;
    this.flush();
    this.sqlite.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  private makeDurable(batch: CountedBatch): void {
    if (batch.writers > FEW_WRITERS || batch.waited || this.wal.busy) {
      this.wal.sync().then(batch.resolveDurable, batch.reject);
      return;
    }
    try {
      this.wal.syncNow();
      this.lastSyncInPlace = performance.now();
      batch.resolveDurable();
    } catch (error) {
      batch.reject(error);
    }
  }

  private checkFormat(): void {
    const format = this.pragma('user_version');
    if (format === FORMAT && this.pragma('application_id') === APPLICATION_ID) return;
    const tables = this.sqlite.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'];
    if (format !== 0 || tables !== 0) {
      this.sqlite.close();
      throw new UnknownFormat(`${this.path} has format ${String(format)}; this version reads format ${FORMAT}`);
    }
    this.sqlite.exec(`
      BEGIN; ${SCHEMA} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT}; COMMIT;
    `);
  }

  private pragma(name: string): unknown {
    return this.sqlite.prepare(`PRAGMA ${name}`).get()?.[name];
  }
}

interface CountedBatch extends OpenBatch {
  writers: number;
  /** Its first request came while a sync stood in the way: there are other clients. */
  readonly waited: boolean;
}

interface OpenBatch extends Batch {
  readonly resolveCommitted: () => void;
  readonly resolveDurable: () => void;
  readonly reject: (error: unknown) => void;
}

function newBatch(): OpenBatch {
  const committed = Promise.withResolvers<undefined>();
  const durable = Promise.withResolvers<undefined>();
  // A write that fails on its own never waits for its batch; without these a lost batch would end the process.
  committed.promise.catch(() => undefined);
  durable.promise.catch(() => undefined);
  return {
    committed: committed.promise,
    durable: durable.promise,
    resolveCommitted: () => {
      committed.resolve(undefined);
    },
    resolveDurable: () => {
      durable.resolve(undefined);
    },
    reject: (error) => {
      committed.reject(error);
      durable.reject(error);
    },
  };
}
