import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const LENGTH = 12;

/**
 * The highest position that was ever committed, in a file of its own beside the database.
 * SQLite takes a cut or altered write-ahead log for a shorter one and opens in silence: without this mark, the
 * newest acknowledged events would be missing without anyone being told.
 *
 * The mark is written after the commit and never synced by itself. It survives the end of the process; after a
 * power failure it may be older than the log, which only makes the check weaker, never wrong.
 */
export class HighWaterMark {
  readonly #file: number;
  readonly #buffer = Buffer.alloc(LENGTH);

  constructor(directory: string) {
    this.#file = openSync(join(directory, 'high-water-mark'), constants.O_RDWR | constants.O_CREAT);
  }

  /** 0 when nothing is known: a new store, or a mark that a power failure has torn. */
  read(): number {
    const read = readSync(this.#file, this.#buffer, 0, LENGTH, 0);
    if (read < LENGTH || this.#buffer.readUInt32LE(8) !== crc32(this.#buffer.subarray(0, 8))) return 0;
    return Number(this.#buffer.readBigUInt64LE(0));
  }

  write(position: number): void {
    this.#buffer.writeBigUInt64LE(BigInt(position), 0);
    this.#buffer.writeUInt32LE(crc32(this.#buffer.subarray(0, 8)), 8);
    writeSync(this.#file, this.#buffer, 0, LENGTH, 0);
  }

  close(): void {
    closeSync(this.#file);
  }
}
