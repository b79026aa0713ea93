import { parseCollation } from '../collation/index.js';
import { Document, int32, isNumeric, MongoError, toDouble, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';
import { checkPartialFilter } from './partial-filter.js';
import { indexSpec } from './index-spec.js';
import type { IndexSpec } from './index-spec.js';

const CANNOT_CREATE = 67;
const MAX_FIELDS = 32;
const MAX_EXPIRY_SECONDS = 0x7fffffff;

/** Options that are kept and shown; `background`, `ns`, `v` and `storageEngine` are accepted and mean nothing here. */
const KNOWN = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'hidden',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  'background',
  'ns',
  'v',
  'storageEngine',
  'dropDups',
]);
const UNSUPPORTED = new Set([
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'bucketSize',
  'wildcardProjection',
  'clustered',
  'prepareUnique',
]);

/**
 * Checks an index specification from a client. Throws 197 for unknown options, 9 without key or name, 14 for wrong types,
 * 67 for what cannot be indexed.
 */
export function parseIndexSpec(specification: Document, collectionCollation: Value | undefined): IndexSpec {
  for (const name of specification.keys()) {
    if (UNSUPPORTED.has(name)) throw cannotCreate(`index option '${name}' is not supported by the embedded server`);
    if (!KNOWN.has(name)) throw new MongoError(197, `The field '${name}' is not valid for an index specification`);
  }
  const key = specification.get('key');
  if (key === undefined) throw new MongoError(9, "The 'key' field is a required property of an index specification");
  if (!(key instanceof Document)) throw wrongType('key', key, 'object');
  checkKey(key);
  const name = specification.get('name');
  if (name === undefined) throw new MongoError(9, "The 'name' field is a required property of an index specification");
  if (typeof name !== 'string') throw wrongType('name', name, 'string');
  if (name === '' || name.includes('\0') || name === '*') throw cannotCreate(`index name '${name}' is not allowed`);
  const stored = new Document([
    ['v', int32(2)],
    ['key', key],
    ['name', name],
  ]);
  for (const option of ['unique', 'sparse', 'hidden'] as const) {
    if (booleanOption(specification, option)) stored.set(option, true);
  }
  copyPartialFilter(specification, stored);
  copyExpiry(specification, key, stored);
  copyCollation(specification.get('collation') ?? collectionCollation, stored);
  return indexSpec(stored);
}

function checkKey(key: Document): void {
  if (key.size === 0) throw cannotCreate('Index keys cannot be empty.');
  if (key.size > MAX_FIELDS) throw cannotCreate(`Index key contains ${key.size} fields, maximum is ${MAX_FIELDS}`);
  for (const [path, direction] of key) {
    if (typeof direction === 'string')
      throw cannotCreate(`index type '${direction}' is not supported by the embedded server`);
    if (!isNumeric(direction))
      throw cannotCreate(`Values in v:2 index key pattern cannot be of type ${typeName(direction)}`);
    const number = toDouble(direction);
    if (number === 0 || Number.isNaN(number)) throw cannotCreate('Values in the index key pattern cannot be 0.');
    if (path.includes('$**')) throw cannotCreate('wildcard indexes are not supported by the embedded server');
    const parts = path.split('.');
    if (parts.includes('')) throw cannotCreate(`Index keys cannot contain an empty field: '${path}'`);
    if (parts.some((part) => part.startsWith('$')))
      throw cannotCreate(`Index key contains an illegal field name: '${path}'`);
  }
}

function copyPartialFilter(specification: Document, stored: Document): void {
  const filter = specification.get('partialFilterExpression');
  if (filter === undefined) return;
  if (!(filter instanceof Document)) throw wrongType('partialFilterExpression', filter, 'object');
  if (stored.has('sparse')) throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options');
  checkPartialFilter(filter);
  stored.set('partialFilterExpression', filter);
}

function copyExpiry(specification: Document, key: Document, stored: Document): void {
  const seconds = specification.get('expireAfterSeconds');
  if (seconds === undefined) return;
  if (!isNumeric(seconds)) throw wrongType('expireAfterSeconds', seconds, 'number');
  const number = toDouble(seconds);
  if (!(number >= 0 && number <= MAX_EXPIRY_SECONDS))
    throw cannotCreate(`TTL index 'expireAfterSeconds' must be within 0 and ${MAX_EXPIRY_SECONDS}`);
  if (key.size > 1) throw cannotCreate('TTL indexes are single-field indexes, compound indexes do not support TTL.');
  if (key.has('_id'))
    throw new MongoError(197, "The field 'expireAfterSeconds' is not valid for an _id index specification");
  stored.set('expireAfterSeconds', int32(Math.trunc(number)));
}

function copyCollation(collation: Value | undefined, stored: Document): void {
  if (collation === undefined) return;
  if (!(collation instanceof Document)) throw wrongType('collation', collation, 'object');
  const parsed = parseCollation(collation);
  if (parsed === undefined) return;
  stored.set('collation', parsed.specification);
}

function booleanOption(specification: Document, name: string): boolean {
  const value = specification.get(name);
  if (value === undefined || value === null || typeof value === 'boolean') return value === true;
  if (isNumeric(value)) return toDouble(value) !== 0;
  throw wrongType(name, value, 'bool');
}

const cannotCreate = (message: string): MongoError => new MongoError(CANNOT_CREATE, message);

const wrongType = (name: string, value: Value, expected: string): MongoError =>
  new MongoError(14, `The field '${name}' has value type ${typeName(value)}, expected ${expected}`);
