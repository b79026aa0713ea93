import { randomBytes } from 'node:crypto';
import { sizeOf } from '../values/element-size.js';
import { nulAt } from '../values/strings.js';
import {
  BsonType,
  Document,
  encodeDocument,
  maxStoredDepth,
  MongoError,
  ObjectId,
  Regex,
  Timestamp,
  typeName,
  validateBson,
} from '../values/index.js';
import type { Value } from '../values/index.js';

/** Largest document that is stored, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** A level takes seven bytes at least: what is shorter cannot nest too deeply, and need not be walked through again. */
const SHORTEST_TOO_DEEP = 7 * maxStoredDepth;

/** `_id` and the zero behind it, as bytes. */
const ID_NAME = 0x5f696400;

const processBytes = randomBytes(5);
let counter = randomBytes(3).readUIntBE(0, 3);

/** A new id: seconds, five bytes of this process, a counter. */
export function newObjectId(): ObjectId {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  processBytes.copy(bytes, 4);
  counter = (counter + 1) & 0xffffff;
  bytes.writeUIntBE(counter, 9, 3);
  return new ObjectId(bytes);
}

let lastTimestamp = new Timestamp(0, 0);

/** The server's clock as a timestamp, never the same twice. */
function nextTimestamp(): Timestamp {
  const seconds = Math.floor(Date.now() / 1000);
  const ordinal = lastTimestamp.t === seconds ? lastTimestamp.i + 1 : 1;
  return (lastTimestamp = new Timestamp(seconds, ordinal));
}

/**
 * A document as it is stored: `_id` first, made if missing, empty timestamps at the top filled in. Throws 2 when it is
 * too large or has two `_id`s, 15 when it nests too deeply, 53 for an `_id` of a type that none may have.
 */
export function prepareDocument(document: Document): Document {
  const bytes = document.bytes ?? encodeDocument(document);
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw new MongoError(
      2,
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${MAX_DOCUMENT_BYTES}`,
    );
  }
  if (bytes.length > SHORTEST_TOO_DEEP) validateBson(bytes, 0, bytes.length, maxStoredDepth);
  const found = inspect(bytes);
  if (found.ids > 1) throw new MongoError(2, "can't have multiple _id fields in one document");
  if (found.ids === 1) checkId(document.get('_id') ?? null);
  if (found.idFirst && !found.emptyTimestamp) return document;
  const prepared = new Document([['_id', document.get('_id') ?? newObjectId()]]);
  for (const [name, value] of document)
    if (name !== '_id') prepared.set(name, isEmptyTimestamp(value) ? nextTimestamp() : value);
  return prepared;
}

/** Throws 53 for an array, a regex or undefined, which no document may have as its `_id`; 52 for an object with `$` fields. */
export function checkId(id: Value): void {
  if (Array.isArray(id) || id instanceof Regex || typeName(id) === 'undefined') {
    throw new MongoError(53, `The '_id' value cannot be of type ${typeName(id)}`);
  }
  if (!(id instanceof Document)) return;
  for (const name of id.keys()) {
    if (name.startsWith('$'))
      throw new MongoError(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`);
  }
}

const isEmptyTimestamp = (value: Value): boolean => value instanceof Timestamp && value.t === 0 && value.i === 0;

interface Inspection {
  readonly ids: number;
  readonly idFirst: boolean;
  readonly emptyTimestamp: boolean;
}

/** Looks at the top level of validated bytes without decoding it: almost every document is stored as it came. */
function inspect(source: Buffer): Inspection {
  const end = source.readInt32LE(0) - 1;
  let ids = 0;
  let idFirst = false;
  let emptyTimestamp = false;
  for (let offset = 4; offset < end;) {
    const type = source[offset] ?? 0;
    const nameEnd = nulAt(source, offset + 1);
    if (nameEnd - offset === 4 && source.readUInt32BE(offset + 1) === ID_NAME) {
      ids++;
      if (offset === 4) idFirst = true;
    }
    if (type === BsonType.timestamp && source.readBigUInt64LE(nameEnd + 1) === 0n) emptyTimestamp = true;
    offset = nameEnd + 1 + sizeOf(source, type, nameEnd + 1);
  }
  return { ids, idFirst, emptyTimestamp };
}
