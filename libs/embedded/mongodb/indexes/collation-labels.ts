import type { Collation } from '../collation/index.js';

/** Digits of labels are uint32; a label placed at an end keeps this distance from its neighbour, so that rows of new ones stay short. */
const STEP = 4096;
const BASE = 0x1_0000_0000;

/**
 * Gives each text that a collation tells apart a label, so that labels compare as bytes as their texts do by the collation:
 * the runtime has no sort keys for collations, and an index holds bytes. Labels stand for nothing outside of this process:
 * at each start the index is filled anew with fresh ones.
 */
export class CollationLabels {
  /** One of each class of equal texts, in order; the label at the same place belongs to it. */
  private readonly texts: string[] = [];
  private readonly labels: Buffer[] = [];

  constructor(readonly collation: Collation) {}

  /** The label of a text that is to be stored. */
  readonly assign = (text: string): Buffer => {
    const { at, known } = this.find(text);
    if (known !== undefined) return known;
    const label = this.between(at);
    this.texts.splice(at, 0, text);
    this.labels.splice(at, 0, label);
    return label;
  };

  /** The label of a text that is looked for; where none is known, one that no stored text has, in its place. */
  readonly locate = (text: string): Buffer => {
    const { at, known } = this.find(text);
    return known ?? this.between(at);
  };

  private find(text: string): { readonly at: number; readonly known: Buffer | undefined } {
    let low = 0;
    let high = this.texts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = this.collation.compare(text, this.texts[middle] ?? '');
      if (order === 0) return { at: middle, known: this.labels[middle] };
      if (order < 0) high = middle;
      else low = middle + 1;
    }
    return { at: low, known: undefined };
  }

  private between(at: number): Buffer {
    const digits = between(digitsOf(this.labels[at - 1]), digitsOf(this.labels[at]));
    const label = Buffer.alloc(digits.length * 4);
    digits.forEach((digit, place) => label.writeUInt32BE(digit, place * 4));
    return label;
  }
}

function digitsOf(label: Buffer | undefined): readonly number[] | undefined {
  return label && Array.from({ length: label.length / 4 }, (_, place) => label.readUInt32BE(place * 4));
}

/** Digits that stand strictly between two lists of digits, compared as fractions; undefined is no bound. The last one is never 0. */
function between(low: readonly number[] | undefined, high: readonly number[] | undefined): number[] {
  const digits: number[] = [];
  let ceilings = high;
  for (let place = 0; ; place += 1) {
    const floor = low?.[place] ?? 0;
    const ceiling = ceilings === undefined ? BASE : (ceilings[place] ?? 0);
    if (ceiling - floor > 1) {
      const room = ceiling - floor;
      if (low === undefined && high === undefined) return [BASE / 2];
      if (ceilings === undefined) return [...digits, floor + Math.min(STEP, Math.floor(room / 2))];
      if (low === undefined) return [...digits, ceiling - Math.min(STEP, Math.floor(room / 2))];
      return [...digits, floor + Math.floor(room / 2)];
    }
    digits.push(floor);
    if (ceiling > floor) ceilings = undefined;
  }
}
