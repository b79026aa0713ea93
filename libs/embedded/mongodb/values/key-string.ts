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

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

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
  stringKey?: StringKey,
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
  writeEscaped(utf8(prefix));
  return Buffer.from(buffer.subarray(0, position));
}

/** The first byte of the keys of all values comparable with this one; the byte after it is above them all. */
export const bracketByte = (value: Value | undefined): number => rankOf(value ?? null);

function writeValue(value: Value, stringKey: StringKey | undefined): void {
  writeByte(rankOf(value));
  writeContent(value, stringKey);
}

function writeContent(value: Value, stringKey: StringKey | undefined): void {
  if (typeof value === 'string') writeString(value, stringKey);
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

function writeRareContent(value: object, stringKey: StringKey | undefined): void {
  if (value instanceof BsonSymbol) writeString(value.text, stringKey);
  else if (value instanceof Binary) {
    writeUInt32(value.bytes.length);
    writeByte(value.subtype);
    writeBytes(value.bytes);
  } else if (value instanceof Timestamp) {
    writeUInt32(value.t);
    writeUInt32(value.i);
  } else if (value instanceof Regex) {
    writeString(value.pattern);
    writeString(value.flags);
  } else if (value instanceof DBPointer) {
    writeString(value.namespace);
    writeBytes(value.id);
  } else if (value instanceof Code) writeString(value.code);
  else if (value instanceof CodeWithScope) {
    writeString(value.code);
    writeDocument(value.scope, stringKey);
  }
}

/** Type, name, value of each field, then a zero, which is below every type: a document that ends first is less. */
function writeDocument(document: Document, stringKey: StringKey | undefined): void {
  for (const [name, value] of document) {
    writeByte(rankOf(value));
    writeString(name);
    writeContent(value, stringKey);
  }
  writeByte(0);
}

function writeString(text: string, stringKey?: StringKey): void {
  if (stringKey !== undefined) writeText(stringKey(text));
  else if (!writeShortAscii(text)) writeText(utf8(text));
}

/** Most texts in keys are words and ids: letter by letter they cost a fraction of a buffer of their own. */
function writeShortAscii(text: string): boolean {
  if (text.length > 64) return false;
  reserve(text.length + 2);
  let at = position;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0 || code > 0x7f) return false;
    buffer[at++] = code;
  }
  buffer[at++] = 0;
  buffer[at++] = 0;
  position = at;
  return true;
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
