import { Document } from './document.js';
import { validateBson } from './validate.js';

/** A document over foreign bytes, checked first. Throws 22 (InvalidBSON) or 15 (Overflow). */
export function decodeDocument(bytes: Uint8Array): Document {
  const source = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  validateBson(source);
  return Document.over(source);
}
