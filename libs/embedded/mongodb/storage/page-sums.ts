import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const PAGE_BYTES = 4096;
const PAGES_AT_ONCE = 256;
/** Larger files are not summed: reading them would keep a stop from ending within two seconds. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024;

const sumsPath = (path: string): string => `${path}-sums`;

/**
 * Writes a checksum per page beside a database file that has been closed cleanly. SQLite has none of its own: a flipped
 * byte in the key of an index would make a document silently unfindable.
 */
export function writePageSums(path: string): void {
  if (existsSync(`${path}-wal`)) return;
  const sums = pageSums(path);
  if (sums !== undefined) writeFileSync(sumsPath(path), Buffer.concat([sums, sumOf(sums)]));
}

/**
 * The numbers of the pages (from 1) that are not as they were written, by the sums of the last clean stop; none known when
 * there was no clean stop.
 */
export function findDamagedPages(path: string): number[] {
  const stored = storedSums(path);
  if (stored === undefined || existsSync(`${path}-wal`)) return [];
  const actual = pageSums(path) ?? stored;
  const damaged: number[] = [];
  for (let at = 0; at < Math.max(stored.length, actual.length); at += 4) {
    if (stored.compare(actual, at, at + 4, at, at + 4) !== 0) damaged.push(at / 4 + 1);
  }
  return damaged;
}

/** To be called before the file is changed. */
export function removePageSums(path: string): void {
  rmSync(sumsPath(path), { force: true });
}

function storedSums(path: string): Buffer | undefined {
  if (!existsSync(sumsPath(path))) return undefined;
  const bytes = readFileSync(sumsPath(path));
  const sums = bytes.subarray(0, -4);
  // Damaged sums say nothing about the file.
  return bytes.length >= 4 && sumOf(sums).equals(bytes.subarray(-4)) ? sums : undefined;
}

const sumOf = (bytes: Buffer): Buffer => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(bytes));
  return sum;
};

function pageSums(path: string): Buffer | undefined {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    if (size > MAX_FILE_BYTES) return undefined;
    const sums = Buffer.alloc(Math.ceil(size / PAGE_BYTES) * 4);
    const chunk = Buffer.alloc(PAGE_BYTES * PAGES_AT_ONCE);
    for (let offset = 0; offset < size;) {
      const read = readSync(fd, chunk, 0, chunk.length, offset);
      for (let at = 0; at < read; at += PAGE_BYTES) {
        sums.writeUInt32LE(
          crc32(chunk.subarray(at, Math.min(at + PAGE_BYTES, read))),
          ((offset + at) / PAGE_BYTES) * 4,
        );
      }
      offset += read;
    }
    return sums;
  } finally {
    closeSync(fd);
  }
}
