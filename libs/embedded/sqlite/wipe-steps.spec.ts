import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { wipeSteps } from './index.js';

let directory: string;
let path: string;
let database: DatabaseSync;
let fd: number;

function connect(): DatabaseSync {
  const connection = new DatabaseSync(path, { timeout: 0 });
  connection.exec(`PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0;
    PRAGMA cache_size = -65536`);
  return connection;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wipe-'));
  path = join(directory, 'file.sqlite');
  database = connect();
  database.exec(`CREATE TABLE rows (key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (key)) WITHOUT ROWID;
    CREATE TABLE long (body TEXT NOT NULL); CREATE INDEX by_body ON long (body)`);
  fd = openSync(path, 'r+');
});

afterEach(() => {
  database.close();
  closeSync(fd);
  rmSync(directory, { recursive: true });
});

const emptyLog = (): boolean => database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
const steps = () => wipeSteps({ database, path, fd, emptyLog });

/** In no order: pages fill up in their middle, and are spread over two. */
const keyOf = (n: number): string => String((n * 7919) % 60_013).padStart(5, '0');

function fill(): void {
  const [row, long] = [
    database.prepare('INSERT INTO rows VALUES (?, ?)'),
    database.prepare('INSERT INTO long VALUES (?)'),
  ];
  database.exec('BEGIN');
  for (let n = 0; n < 20_000; n++) row.run(keyOf(n), `${n % 2 ? 'living' : 'canary'} ${'x'.repeat(n % 200)}`);
  for (let n = 0; n < 200; n++) long.run(`${keyOf(n)} ${(n % 2 ? 'living' : 'canary').repeat(n * 20 + 1)}`);
  database.exec('COMMIT');
  database.exec("DELETE FROM rows WHERE body LIKE 'canary%'; DELETE FROM long WHERE body LIKE '%canary%'");
}

function add(to: DatabaseSync, from: number): void {
  const row = to.prepare('INSERT INTO rows VALUES (?, ?)');
  for (let n = from; n < from + 400; n++) row.run(`${keyOf(n)}+`, 'more');
}

/** How often it stands in the file or its log. */
function remnants(): number {
  const bytes = Buffer.concat([readFileSync(path), readFileSync(`${path}-wal`)]);
  let count = 0;
  for (let at = bytes.indexOf('canary'); at >= 0; at = bytes.indexOf('canary', at + 1)) count++;
  return count;
}

describe('wiping a file', () => {
  it('leaves no byte of what was deleted, and all of what was not', () => {
    fill();
    emptyLog();
    expect(remnants()).toBeGreaterThan(20);
    expect([...steps()].every(Boolean)).toBe(true);
    expect(remnants()).toBe(0);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(database.prepare("SELECT count(*) AS n FROM rows WHERE body LIKE 'living%'").get()).toEqual({ n: 10_000 });
    expect(database.prepare('SELECT count(*) AS n, sum(length(body)) AS bytes FROM long').get()).toEqual({
      n: 100,
      bytes: 1_201_200,
    });
  });

  it('is not undone by what connections had in memory, or write between its steps', () => {
    fill();
    const other = connect();
    expect(other.prepare('SELECT sum(length(body)) AS n FROM rows').get()).toBeDefined();
    let written = 20_000;
    for (const isTaken of steps()) {
      expect(isTaken).toBe(true);
      for (const connection of [database, other]) add(connection, (written += 400));
    }
    for (const connection of [database, other]) add(connection, (written += 400));
    emptyLog();
    expect(remnants()).toBe(0);
    other.close();
  });

  it('destroys no row when the header of a page is damaged', () => {
    fill();
    emptyLog();
    const pages = database.prepare("SELECT pageno FROM dbstat WHERE name = 'rows' AND pagetype = 'leaf'").all();
    // Where the rows begin: at the end of the page.
    for (const { pageno } of pages) writeSync(fd, Buffer.from([0x10, 0x00]), 0, 2, (Number(pageno) - 1) * 4096 + 5);
    expect([...steps()].every(Boolean)).toBe(true);
    expect(database.prepare("SELECT count(*) AS n FROM rows WHERE body LIKE 'living%'").get()).toEqual({ n: 10_000 });
  });

  it('waits for who reads the log, and for who writes', () => {
    fill();
    const other = connect();
    const wiping = steps();
    other.exec('BEGIN; SELECT count(*) FROM rows');
    expect(wiping.next().value).toBe(false);
    expect(wiping.next().value).toBe(false);
    other.exec('COMMIT; BEGIN IMMEDIATE');
    expect(wiping.next().value).toBe(false);
    other.exec('COMMIT');
    expect([...wiping].every(Boolean)).toBe(true);
    expect(remnants()).toBe(0);
    other.close();
  });
});
