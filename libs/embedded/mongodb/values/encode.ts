import { CodeWithScope, Document, typeOf } from './document.js';
import type { Value } from './document.js';
import { MongoError } from './errors.js';
import {
  Binary,
  BsonSymbol,
  Code,
  DateTime,
  DBPointer,
  Decimal128,
  Int32,
  ObjectId,
  Regex,
  Timestamp,
} from './scalars.js';

/** Deeper values are refused with 15 (Overflow): a computed value could otherwise exhaust the stack of its readers. */
const maxDepth = 200;

/** Grows as needed and is used again by the next call: encoding never awaits, so it has one user at a time. */
let buffer = Buffer.allocUnsafe(64 * 1024);
let position = 0;

const arrayNames = Array.from({ length: 1000 }, (_, index) => String(index));

/**
 * The BSON bytes of a document; a copy of the bytes it came from if it was not changed. `headroom` bytes are left free before
 * them, for what frames them. Throws 15 beyond 200 levels.
 */
export function encodeDocument(document: Document, headroom = 0): Buffer {
  position = 0;
  writeDocument(document, 1);
  const encoded = Buffer.allocUnsafe(headroom + position);
  buffer.copy(encoded, headroom, 0, position);
  return encoded;
}

function reserve(size: number): void {
  if (position + size <= buffer.length) return;
  const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, position + size));
  buffer.copy(grown, 0, 0, position);
  buffer = grown;
}

function writeDocument(document: Document, depth: number): void {
  const bytes = document.bytes;
  if (bytes !== undefined) {
    writeBytes(bytes);
    return;
  }
  const start = beginNested(depth);
  for (const [name, value] of document) writeElement(name, value, depth);
  endNested(start);
}

function writeArray(elements: readonly Value[], depth: number): void {
  const start = beginNested(depth);
  for (const [index, element] of elements.entries()) writeElement(arrayNames[index] ?? String(index), element, depth);
  endNested(start);
}

function beginNested(depth: number): number {
  if (depth > maxDepth) throw new MongoError(15, `value exceeds the maximum nesting depth of ${maxDepth}`);
  const start = position;
  reserve(4);
  position += 4;
  return start;
}

function endNested(start: number): void {
  reserve(1);
  buffer[position++] = 0;
  buffer.writeInt32LE(position - start, start);
}

function writeElement(name: string, value: Value, depth: number): void {
  reserve(1);
  buffer[position++] = typeOf(value);
  writeCString(name);
  writeValue(value, depth);
}

function writeValue(value: Value, depth: number): void {
  if (typeof value === 'string') writeString(value);
  else if (typeof value === 'number') {
    reserve(8);
    position = buffer.writeDoubleLE(value, position);
  } else if (typeof value === 'bigint') writeInt64(value);
  else if (typeof value === 'boolean') {
    reserve(1);
    buffer[position++] = value ? 1 : 0;
  } else if (value instanceof Int32) writeInt32(value.value);
  else if (value instanceof Document) writeDocument(value, depth + 1);
  else if (Array.isArray(value)) writeArray(value, depth + 1);
  else if (value instanceof DateTime) writeInt64(value.ms);
  else if (value instanceof ObjectId || value instanceof Decimal128) writeBytes(value.bytes);
  else if (value !== null) writeRareValue(value, depth);
}

function writeRareValue(value: object, depth: number): void {
  if (value instanceof Binary) {
    writeInt32(value.bytes.length);
    reserve(1);
    buffer[position++] = value.subtype;
    writeBytes(value.bytes);
  } else if (value instanceof Timestamp) {
    reserve(8);
    position = buffer.writeUInt32LE(value.i, position);
    position = buffer.writeUInt32LE(value.t, position);
  } else if (value instanceof Regex) {
    writeCString(value.pattern);
    writeCString(value.flags);
  } else if (value instanceof DBPointer) {
    writeString(value.namespace);
    writeBytes(value.id);
  } else if (value instanceof Code) writeString(value.code);
  else if (value instanceof BsonSymbol) writeString(value.text);
  else if (value instanceof CodeWithScope) {
    const start = position;
    writeInt32(0);
    writeString(value.code);
    writeDocument(value.scope, depth + 1);
    buffer.writeInt32LE(position - start, start);
  }
}

function writeBytes(bytes: Uint8Array): void {
  reserve(bytes.length);
  buffer.set(bytes, position);
  position += bytes.length;
}

function writeInt32(value: number): void {
  reserve(4);
  position = buffer.writeInt32LE(value, position);
}

function writeInt64(value: bigint): void {
  reserve(8);
  position = buffer.writeBigInt64LE(value, position);
}

function writeString(text: string): void {
  reserve(text.length * 3 + 5);
  const start = position;
  position += 4;
  writeText(text);
  buffer[position++] = 0;
  buffer.writeInt32LE(position - start - 4, start);
}

function writeCString(text: string): void {
  if (text.includes('\0'))
    throw new MongoError(2, `name or pattern must not contain a NUL character: ${JSON.stringify(text)}`);
  reserve(text.length * 3 + 1);
  writeText(text);
  buffer[position++] = 0;
}

/** Short ASCII text is copied here: the call into the runtime costs more than the loop. */
function writeText(text: string): void {
  if (text.length > 40) {
    position += buffer.write(text, position, 'utf8');
    return;
  }
  const start = position;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) {
      position = start + buffer.write(text, start, 'utf8');
      return;
    }
    buffer[position++] = code;
  }
}
