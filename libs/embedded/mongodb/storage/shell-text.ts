import { Document } from '../values/document.js';
import type { Value } from '../values/document.js';
import { Binary, BsonSymbol, DateTime, Decimal128, Int32, ObjectId, Regex, Timestamp } from '../values/scalars.js';

/** A value as MongoDB's messages and shells write it: `{ a: 1, b: "x" }`. */
export function shellText(value: Value): string {
  if (value instanceof Document) return documentText(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(shellText).join(', ')} ]`;
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return scalarText(value);
  }
}

function documentText(document: Document): string {
  if (document.size === 0) return '{}';
  return `{ ${[...document].map(([name, value]) => `${name}: ${shellText(value)}`).join(', ')} }`;
}

function scalarText(value: object): string {
  if (value instanceof Int32) return String(value.value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHex()}')`;
  if (value instanceof DateTime) return `new Date(${value.ms})`;
  if (value instanceof Decimal128) return `Decimal128('${value.toString()}')`;
  if (value instanceof Binary)
    return `BinData(${value.subtype}, ${Buffer.from(value.bytes).toString('hex').toUpperCase()})`;
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  if (value instanceof Regex) return `/${value.pattern}/${value.flags}`;
  if (value instanceof BsonSymbol) return JSON.stringify(value.text);
  return value.constructor.name;
}
