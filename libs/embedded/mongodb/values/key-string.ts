import { Rank, rankOf } from './compare.js';
import { CodeWithScope, Document } from './document.js';
import type { Value } from './document.js';
import { isNumeric } from './numbers.js';
import { numberKey } from './number-key.js';
import { Binary, BsonSymbol, Code, DateTime, DBPointer, ObjectId, Regex, Timestamp } from './scalars.js';

/** 1 sorts upwards, -1 downwards. */
export type Direction = 1 | -1;

/** Turns a string into what an index stores for it; a collation replaces the text by its sort key. */
export type StringKey = (text: string) => Buffer;

const plainText: StringKey = (text) => Buffer.from(text, 'utf8');

let buffer = Buffer.allocUnsafe(1024);
let position = 0;

/**
 * Bytes that compare as the values do: of two lists of values, the one that sorts first has the lesser bytes. No key is
 * the beginning of another value's key, so keys can be strung together. Values that are equal have the same bytes,
 * whatever their numeric types; a missing value counts as null, as in indexes.
 */
export function keyString(
  values: readonly (Value | undefined)[],
  directions: readonly Direction[] = [],
  stringKey: StringKey = plainText,
): Buffer {
  position = 0;
  for (const [index, value] of values.entries()) {
    const start = position;
    writeValue(value ?? null, stringKey);
    if (directions[index] === -1) for (let at = start; at < position; at += 1) buffer[at] = (buffer[at] ?? 0) ^ 0xff;
  }
  return Buffer.from(buffer.subarray(0, position));
}

/** The bytes every string key with this beginning starts with, for range scans (compare with the next greater bytes). */
export function stringPrefixKey(prefix: string): Buffer {
  position = 0;
  writeByte(Rank.string);
  writeEscaped(plainText(prefix));
  return Buffer.from(buffer.subarray(0, position));
}

/** The first byte of the keys of all values comparable with this one; the byte after it is above them all. */
export const bracketByte = (value: Value | undefined): number => rankOf(value ?? null);

function writeValue(value: Value, stringKey: StringKey): void {
  writeByte(rankOf(value));
  writeContent(value, stringKey);
}

function writeContent(value: Value, stringKey: StringKey): void {
  if (typeof value === 'string') writeText(stringKey(value));
  else if (isNumeric(value)) writeBytes(numberKey(value));
  else if (value instanceof ObjectId) writeBytes(value.bytes);
  else if (value instanceof DateTime) writeInt64(value.ms);
  else if (typeof value === 'boolean') writeByte(value ? 1 : 0);
  else if (value instanceof Document) writeDocument(value, stringKey);
  else if (Array.isArray(value)) {
    for (const element of value) writeValue(element, stringKey);
    writeByte(0);
  } else if (value !== null) writeRareContent(value, stringKey);
}

function writeRareContent(value: object, stringKey: StringKey): void {
  if (value instanceof BsonSymbol) writeText(stringKey(value.text));
  else if (value instanceof Binary) {
    writeUInt32(value.bytes.length);
    writeByte(value.subtype);
    writeBytes(value.bytes);
  } else if (value instanceof Timestamp) {
    writeUInt32(value.t);
    writeUInt32(value.i);
  } else if (value instanceof Regex) {
    writeText(plainText(value.pattern));
    writeText(plainText(value.flags));
  } else if (value instanceof DBPointer) {
    writeText(plainText(value.namespace));
    writeBytes(value.id);
  } else if (value instanceof Code) writeText(plainText(value.code));
  else if (value instanceof CodeWithScope) {
    writeText(plainText(value.code));
    writeDocument(value.scope, stringKey);
  }
}

/** Type, name, value of each field, then a zero, which is below every type: a document that ends first is less. */
function writeDocument(document: Document, stringKey: StringKey): void {
  for (const [name, value] of document) {
    writeByte(rankOf(value));
    writeText(plainText(name));
    writeContent(value, stringKey);
  }
  writeByte(0);
}

function writeText(bytes: Uint8Array): void {
  writeEscaped(bytes);
  writeByte(0);
  writeByte(0);
}

/** A NUL inside becomes 00 FF, so that 00 00 can only be the end and no text's key begins another's. */
function writeEscaped(bytes: Uint8Array): void {
  reserve(bytes.length * 2);
  for (const byte of bytes) {
    buffer[position++] = byte;
    if (byte === 0) buffer[position++] = 0xff;
  }
}

function writeInt64(value: bigint): void {
  reserve(8);
  position = buffer.writeBigUInt64BE(BigInt.asUintN(64, value) ^ (1n << 63n), position);
}

function writeUInt32(value: number): void {
  reserve(4);
  position = buffer.writeUInt32BE(value, position);
}

function writeByte(byte: number): void {
  reserve(1);
  buffer[position++] = byte;
}

function writeBytes(bytes: Uint8Array): void {
  reserve(bytes.length);
  buffer.set(bytes, position);
  position += bytes.length;
}

function reserve(size: number): void {
  if (position + size <= buffer.length) return;
  const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, position + size));
  buffer.copy(grown, 0, 0, position);
  buffer = grown;
}
