import type { ScanPosition } from './key-table.js';

/** How far one range of a scan has been read. */
export interface RangeProgress {
  readonly low: Buffer;
  readonly high: Buffer;
  /** The last row read; undefined before the first. */
  last: ScanPosition | undefined;
  /** Finds `last` when it is not known yet: most scans end before anyone needs it. */
  findLast: (() => ScanPosition | undefined) | undefined;
  done: boolean;
}

/** Sets `last`, which can be found only as long as the index is as it was read. */
export function settle(range: RangeProgress): void {
  if (range.findLast === undefined) return;
  range.last = range.findLast();
  range.findLast = undefined;
}

/**
 * Keeps an open scan right while documents move in its index: one that jumps from behind the scan to before it would come
 * twice, one that jumps the other way would be missed. Only documents that do move are remembered.
 */
export class ScanWatch {
  /** Documents that were read already and lie ahead again. */
  private readonly repeated = new Set<number>();
  private readonly missed = new Set<number>();
  /** The index is as it was when the scan last read from it. */
  current = false;

  constructor(
    private readonly ranges: readonly RangeProgress[],
    private readonly direction: 1 | -1,
  ) {}

  /** To be called before the index changes. */
  beforeChange(): void {
    this.current = false;
    this.ranges.forEach(settle);
  }

  /** Tells that a document has lost some keys and got others. */
  moved(rid: number, removed: readonly Buffer[], added: readonly Buffer[]): void {
    const isAhead = added.some((key) => this.place(key, rid) === 'ahead');
    const places = removed.map((key) => this.place(key, rid));
    if (this.missed.has(rid)) {
      if (isAhead) this.missed.delete(rid);
    } else if (places.includes('read')) {
      if (isAhead) this.repeated.add(rid);
    } else if (places.includes('ahead') && !isAhead) this.missed.add(rid);
  }

  /** Whether a document that the scan comes to was read before. */
  isRepeated(rid: number): boolean {
    return this.repeated.has(rid);
  }

  /** The documents that the scan will not come to any more, to be read after its end. */
  takeMissed(): number[] {
    const missed = [...this.missed];
    this.missed.clear();
    return missed;
  }

  private place(key: Buffer, rid: number): 'read' | 'ahead' | 'outside' {
    const range = this.ranges.find(({ low, high }) => key.compare(low) >= 0 && key.compare(high) < 0);
    if (range === undefined) return 'outside';
    if (range.done) return 'read';
    if (range.last === undefined) return 'ahead';
    const order = key.compare(range.last.key) || rid - range.last.rid;
    return order * this.direction <= 0 ? 'read' : 'ahead';
  }
}
