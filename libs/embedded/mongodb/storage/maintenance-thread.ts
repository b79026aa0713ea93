import { existsSync, fdatasyncSync, fstatSync, readSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import type { MaintenanceTask } from './maintenance.js';

const PAGES_AT_ONCE = 256;
/** Page numbers stay below this, so the first byte of a page tells what it is: of an overflow page it begins a number. */
const MOST_PAGES = 0x02000000;

/** The first byte of a B-tree page, and how long the header is that begins with it. */
const HEADER_BYTES: Readonly<Record<number, number>> = { 2: 12, 5: 12, 10: 8, 13: 8 };
/** Before the header of the first page stands that of the file. */
const FILE_HEADER_BYTES = 100;
const CELLS_AT = 3;
const CONTENT_AT = 5;

// A thread of its own: moving the log into a large file, or going through the file, would keep all clients waiting.
parentPort?.on('message', (task: MaintenanceTask) => {
  let failure: string | undefined;
  try {
    perform(task);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  parentPort?.postMessage({ number: task.number, failure });
});

function perform({ kind, path, fd }: MaintenanceTask): void {
  // Opening would make a database that was dropped meanwhile anew.
  if (!existsSync(path)) return;
  if (kind === 'compact') compact(path, fd);
  else
    connected(path, (sqlite) => {
      sqlite.exec('PRAGMA wal_checkpoint(PASSIVE)');
    });
}

/** Rewriting the file takes many times as long as going through it: that is for a file that is empty for the most part. */
function compact(path: string, fd: number): void {
  const isRewritten = connected(path, (sqlite) => {
    emptyLog(sqlite);
    const pages = numberOf(sqlite, 'page_count');
    if (pages < MOST_PAGES && numberOf(sqlite, 'freelist_count') * 2 <= pages) return false;
    sqlite.exec('VACUUM');
    emptyLog(sqlite);
    return true;
  });
  if (isRewritten) return;
  scrubPages(fd);
  connected(path, (sqlite) => {
    // After a commit of another connection the server reads its pages anew: those in its memory have their gaps still.
    sqlite.exec(`PRAGMA user_version = ${numberOf(sqlite, 'user_version')}`);
    emptyLog(sqlite);
  });
}

/** The connection lives for one step only: the last one to close must be the server's, which then empties the log. */
function connected<T>(path: string, step: (sqlite: DatabaseSync) => T): T {
  const sqlite = new DatabaseSync(path, { timeout: 5000 });
  try {
    sqlite.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
    return step(sqlite);
  } finally {
    sqlite.close();
  }
}

function emptyLog(sqlite: DatabaseSync): void {
  if (numberOf(sqlite, 'wal_checkpoint(TRUNCATE)') !== 0) throw new Error('the log is still being read');
}

/** The first column of what the pragma answers. */
function numberOf(sqlite: DatabaseSync, pragma: string): number {
  return Number(Object.values(sqlite.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
}

/**
 * Overwrites what SQLite left behind in the pages of a database file: when it spreads the rows of a full page over two,
 * the bytes of those that went stay in the gap between the row pointers and the rows, whatever `secure_delete` says (that
 * wipes rows, free blocks and free pages). Nothing reads a gap, so who reads the file meanwhile, or dies with half of it
 * done, sees no difference. For that nobody may write to the file meanwhile, and its log has to be empty: pages in
 * somebody's memory or log still have their gaps.
 */
function scrubPages(fd: number): void {
  const pageBytes = pageBytesOf(fd);
  const { size } = fstatSync(fd);
  const chunk = Buffer.alloc(pageBytes * PAGES_AT_ONCE);
  const zeros = Buffer.alloc(pageBytes);
  for (let offset = 0; offset < size; offset += chunk.length) {
    const read = readSync(fd, chunk, 0, chunk.length, offset);
    for (let at = 0; at + pageBytes <= read; at += pageBytes) {
      const page = chunk.subarray(at, at + pageBytes);
      const gap = gapOf(page, offset + at === 0 ? FILE_HEADER_BYTES : 0);
      if (!gap || page.compare(zeros, 0, gap.to - gap.from, gap.from, gap.to) === 0) continue;
      writeSync(fd, zeros, 0, gap.to - gap.from, offset + at + gap.from);
    }
  }
  fdatasyncSync(fd);
}

/** Where there is a gap in the page; `undefined`: the page is none of a B-tree, or has no gap. */
function gapOf(page: Buffer, header: number): { readonly from: number; readonly to: number } | undefined {
  const headerBytes = HEADER_BYTES[page.readUInt8(header)];
  if (headerBytes === undefined) return undefined;
  const from = header + headerBytes + 2 * page.readUInt16BE(header + CELLS_AT);
  const to = page.readUInt16BE(header + CONTENT_AT) || 65_536;
  return from < to && to <= page.length ? { from, to } : undefined;
}

function pageBytesOf(fd: number): number {
  const bytes = Buffer.alloc(2);
  readSync(fd, bytes, 0, 2, 16);
  const told = bytes.readUInt16BE();
  return told === 1 ? 65_536 : told;
}
