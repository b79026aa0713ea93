import { Document, readValue } from './document.js';
import type { Value } from './document.js';
import { sizeOf } from './element-size.js';
import { nulAt } from './strings.js';
import { validateBson } from './validate.js';

/** A document over foreign bytes, checked first. Throws 22 (InvalidBSON) or 15 (Overflow). */
export function decodeDocument(bytes: Uint8Array): Document {
  const source = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  validateBson(source);
  return Document.over(source);
}

/** One top-level field read straight from validated bytes, without decoding the others; undefined if missing. */
export function readField(source: Buffer, name: string): Value | undefined {
  const wanted = Buffer.from(name);
  const end = source.readInt32LE(0) - 1;
  let offset = 4;
  while (offset < end) {
    const type = source[offset] ?? 0;
    const nameEnd = nulAt(source, offset + 1);
    if (nameEnd - offset - 1 === wanted.length && wanted.compare(source, offset + 1, nameEnd) === 0)
      return readValue(source, type, nameEnd + 1);
    offset = nameEnd + 1 + sizeOf(source, type, nameEnd + 1);
  }
  return undefined;
}
