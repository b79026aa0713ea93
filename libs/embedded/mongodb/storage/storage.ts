import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MongoError } from '../values/index.js';
import { Database } from './database.js';
import { storageFailure } from './failures.js';
import { lockDataDirectory } from './lock.js';
import { Maintenance } from './maintenance.js';

const SUFFIX = '.sqlite';
const DATABASE_DIFFERS_IN_CASE = 13297;

/** All databases of one data directory, which belongs to this process until `close`. */
export class Storage {
  private readonly databases = new Map<string, Database>();
  /** Databases whose file cannot be read, with what every call on them is told. */
  private readonly damaged = new Map<string, unknown>();
  private readonly lock: { release(): void };
  private readonly maintenance = new Maintenance();

  /** Throws DataDirectoryLocked, or UnknownFormat; a damaged file fails only the calls on its database. */
  constructor(private readonly dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    this.lock = lockDataDirectory(dataDir);
    try {
      for (const file of readdirSync(dataDir)) if (file.endsWith(SUFFIX)) this.openFile(databaseName(file));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  names(): string[] {
    return [...this.databases.keys(), ...this.damaged.keys()].sort();
  }

  /** Every database whose file can be read. */
  all(): Iterable<Database> {
    return this.databases.values();
  }

  /** An existing database. Throws 8 when its file is damaged. */
  find(name: string): Database | undefined {
    if (this.damaged.has(name)) throw this.damaged.get(name);
    return this.databases.get(name);
  }

  /** The database, made if it is not there. Throws 13297 when one exists whose name differs only in case. */
  open(name: string): Database {
    const found = this.find(name);
    if (found !== undefined) return found;
    const other = this.names().find((existing) => existing.toLowerCase() === name.toLowerCase());
    if (other !== undefined) {
      throw new MongoError(
        DATABASE_DIFFERS_IN_CASE,
        `db already exists with different case: [${other}] trying to create [${name}]`,
      );
    }
    const database = new Database(name, this.path(name), this.maintenance);
    this.databases.set(name, database);
    return database;
  }

  drop(name: string): void {
    const database = this.find(name);
    if (database === undefined) return;
    this.databases.delete(name);
    database.close();
    for (const tail of ['', '-wal', '-shm', '-sums']) rmSync(this.path(name) + tail, { force: true });
  }

  /** Resolves when no file is worked on alone: only then can anything be written. */
  async whenWritable(): Promise<void> {
    for (let wait = this.busy(); wait !== undefined; wait = this.busy()) await wait;
  }

  /** Lets the work on files that is under way come to its end, so that nothing stands in the way of closing. */
  async settle(): Promise<void> {
    await this.maintenance.close();
  }

  close(): void {
    for (const database of this.databases.values()) database.close();
    this.databases.clear();
    this.lock.release();
  }

  private busy(): Promise<void> | undefined {
    for (const { file } of this.databases.values()) if (file.busy !== undefined) return file.busy;
    return undefined;
  }

  private openFile(name: string): void {
    try {
      this.databases.set(name, new Database(name, this.path(name), this.maintenance));
    } catch (error) {
      const failure = storageFailure(error, this.path(name));
      if (!(failure instanceof MongoError)) throw error;
      this.damaged.set(name, failure);
    }
  }

  private path(name: string): string {
    return join(this.dataDir, fileName(name));
  }
}

/** Names may hold characters that file systems do not take, or treat as directories. */
const fileName = (database: string): string => encodeURIComponent(database).replaceAll('*', '%2A') + SUFFIX;

const databaseName = (file: string): string => decodeURIComponent(file.slice(0, -SUFFIX.length));
