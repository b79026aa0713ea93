import { closeSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';

/** Where SQLite's shared-memory file has the number of frames in the log, and how many of them the database has already. */
const FRAMES_AT = 16;
const MOVED_AT = 96;

/** How long a database's write-ahead log is, read from SQLite's index of it: asking SQLite would mean a checkpoint. */
export class WalLog {
  private readonly fd: number;
  private readonly bytes = Buffer.alloc(MOVED_AT + 4);

  constructor(path: string) {
    this.fd = openSync(`${path}-shm`, 'r');
  }

  /** In pages. */
  read(): { readonly frames: number; readonly moved: number } {
    readSync(this.fd, this.bytes, 0, this.bytes.length, 0);
    return { frames: this.numberAt(FRAMES_AT), moved: this.numberAt(MOVED_AT) };
  }

  close(): void {
    closeSync(this.fd);
  }

  private numberAt(offset: number): number {
    return endianness() === 'LE' ? this.bytes.readUInt32LE(offset) : this.bytes.readUInt32BE(offset);
  }
}
