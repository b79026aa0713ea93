import { Document, isNumeric, toDouble } from '../values/index.js';
import type { Direction, Value } from '../values/index.js';

/** One field of an index's key. */
export interface KeyField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: Direction;
}

/** An index as it was declared; `document` is what listIndexes shows. */
export interface IndexSpec {
  readonly name: string;
  readonly key: readonly KeyField[];
  readonly keyPattern: Document;
  readonly unique: boolean;
  /** No two documents may get one key: unique, or about to be made so (`prepareUnique`), when older ones may still share one. */
  readonly refusesDuplicates: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  readonly partialFilter: Document | undefined;
  readonly collation: Document | undefined;
  /** Seconds after the date in its field at which a document expires. */
  readonly expireAfterSeconds: number | undefined;
  readonly document: Document;
}

/** Reads a stored specification; those from clients are checked by `parseIndexSpec` before they are stored. */
export function indexSpec(document: Document): IndexSpec {
  const keyPattern = asDocument(document.get('key')) ?? new Document();
  return {
    name: asText(document.get('name')),
    key: [...keyPattern].map(([path, direction]) => ({
      path,
      parts: path.split('.'),
      direction: toNumber(direction) < 0 ? -1 : 1,
    })),
    keyPattern,
    unique: isTrue(document.get('unique')),
    refusesDuplicates: isTrue(document.get('unique')) || isTrue(document.get('prepareUnique')),
    sparse: isTrue(document.get('sparse')),
    hidden: isTrue(document.get('hidden')),
    partialFilter: asDocument(document.get('partialFilterExpression')),
    collation: asDocument(document.get('collation')),
    expireAfterSeconds: document.has('expireAfterSeconds') ? toNumber(document.get('expireAfterSeconds')) : undefined,
    document,
  };
}

const asDocument = (value: Value | undefined): Document | undefined => (value instanceof Document ? value : undefined);

const asText = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

const isTrue = (value: Value | undefined): boolean => value === true || toNumber(value) !== 0;

const toNumber = (value: Value | undefined): number => (isNumeric(value) ? toDouble(value) : 0);
