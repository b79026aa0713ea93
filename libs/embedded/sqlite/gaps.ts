import { fstatSync, readSync, writeSync } from 'node:fs';

const PAGES_AT_ONCE = 256;

/**
 * Page numbers of a file that can be wiped stay below this: so the first byte of a page tells what it is. That of an
 * overflow page begins the number of the next one.
 */
export const MOST_PAGES = 0x02000000;

/** The first byte of a B-tree page, and how long the header is that begins with it. */
const HEADER_BYTES: Readonly<Record<number, number>> = { 2: 12, 5: 12, 10: 8, 13: 8 };
/** Before the header of the first page stands that of the file. */
const FILE_HEADER_BYTES = 100;
const PAGE_BYTES_AT = 16;
const CELLS_AT = 3;
const CONTENT_AT = 5;

/**
 * Overwrites what SQLite left behind in pages of a database file: when it spreads the rows of a full page over two, or
 * joins two, the bytes of those that moved stay in the gap between the row pointers and the rows, whatever
 * `secure_delete` says (that wipes rows, free blocks and free pages). Nothing reads a gap, so who reads the file
 * meanwhile, or dies with half of it done, sees no difference. For that nobody may write to the file meanwhile, and what
 * is in the write-ahead log or in the memory of a connection has its gaps still. Pages count from 0.
 */
export function wipeGaps(fd: number, from: number, count: number): void {
  const pageBytes = pageBytesOf(fd);
  const end = Math.min(fstatSync(fd).size, (from + count) * pageBytes);
  const chunk = Buffer.alloc(pageBytes * PAGES_AT_ONCE);
  const zeros = Buffer.alloc(pageBytes);
  for (let offset = from * pageBytes; offset < end; offset += chunk.length) {
    const read = readSync(fd, chunk, 0, Math.min(chunk.length, end - offset), offset);
    for (let at = 0; at + pageBytes <= read; at += pageBytes) {
      const page = chunk.subarray(at, at + pageBytes);
      const gap = gapOf(page, offset + at === 0 ? FILE_HEADER_BYTES : 0);
      if (!gap || page.compare(zeros, 0, gap.to - gap.from, gap.from, gap.to) === 0) continue;
      writeSync(fd, zeros, 0, gap.to - gap.from, offset + at + gap.from);
    }
  }
}

/**
 * Where there is a gap in the page; `undefined`: the page is none of a B-tree, has no gap, or contradicts itself. Where the
 * rows begin is told by the header and by the pointers: a damaged header must not make rows part of the gap.
 */
function gapOf(page: Buffer, header: number): { readonly from: number; readonly to: number } | undefined {
  const headerBytes = HEADER_BYTES[page.readUInt8(header)];
  if (headerBytes === undefined) return undefined;
  const pointers = header + headerBytes;
  const from = pointers + 2 * page.readUInt16BE(header + CELLS_AT);
  if (from > page.length) return undefined;
  let to = Math.min(page.readUInt16BE(header + CONTENT_AT) || 65_536, page.length);
  for (let at = pointers; at < from; at += 2) to = Math.min(to, page.readUInt16BE(at));
  return from < to ? { from, to } : undefined;
}

function pageBytesOf(fd: number): number {
  const bytes = Buffer.alloc(2);
  readSync(fd, bytes, 0, 2, PAGE_BYTES_AT);
  const told = bytes.readUInt16BE();
  return told === 1 ? 65_536 : told;
}
