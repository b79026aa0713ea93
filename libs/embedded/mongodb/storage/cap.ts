import { isNumeric, toDouble } from '../values/index.js';
import type { Document, Value } from '../values/index.js';

/** The bounds of a capped collection, and the bytes in it as far as they are known. */
export class Cap {
  private bytes: number | undefined;

  constructor(
    private readonly maxBytes: number,
    private readonly maxDocuments: number,
  ) {}

  added(bytes: number): void {
    if (this.bytes !== undefined) this.bytes += bytes;
  }

  removed(bytes: number): void {
    if (this.bytes !== undefined) this.bytes -= bytes;
  }

  /** `measure` counts the bytes, the first time only. */
  isOver(documents: number, measure: () => number): boolean {
    this.bytes ??= measure();
    return documents > this.maxDocuments || this.bytes > this.maxBytes;
  }
}

/** undefined for a collection that is not capped. */
export function capOf(options: Document): Cap | undefined {
  if (options.get('capped') !== true) return undefined;
  const max = number(options.get('max'));
  return new Cap(number(options.get('size')), max > 0 ? max : Infinity);
}

const number = (value: Value | undefined): number => (isNumeric(value) ? toDouble(value) : 0);
