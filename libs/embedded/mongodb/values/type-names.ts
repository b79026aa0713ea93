import { MongoError } from './errors.js';
import { typeOf } from './document.js';
import type { Value } from './document.js';
import { isNumeric, toDouble } from './numbers.js';
import { BsonType } from './scalars.js';

const names: readonly (readonly [string, BsonType])[] = [
  ['double', BsonType.double],
  ['string', BsonType.string],
  ['object', BsonType.object],
  ['array', BsonType.array],
  ['binData', BsonType.binData],
  ['undefined', BsonType.undefined],
  ['objectId', BsonType.objectId],
  ['bool', BsonType.bool],
  ['date', BsonType.date],
  ['null', BsonType.null],
  ['regex', BsonType.regex],
  ['dbPointer', BsonType.dbPointer],
  ['javascript', BsonType.javascript],
  ['symbol', BsonType.symbol],
  ['javascriptWithScope', BsonType.javascriptWithScope],
  ['int', BsonType.int],
  ['timestamp', BsonType.timestamp],
  ['long', BsonType.long],
  ['decimal', BsonType.decimal],
  ['minKey', BsonType.minKey],
  ['maxKey', BsonType.maxKey],
];

const typeOfName = new Map<string, BsonType>(names);
const nameOfType = new Map<BsonType, string>(names.map(([name, type]) => [type, name]));
const numberTypes: readonly BsonType[] = [BsonType.double, BsonType.int, BsonType.long, BsonType.decimal];

/** The name `$type` gives a value; a missing one is called "missing". */
export const typeName = (value: Value | undefined): string =>
  value === undefined ? 'missing' : (nameOfType.get(typeOf(value)) ?? '');

/** The types an alias stands for ("number" for four of them); undefined if there is no such alias. */
export function typesOfAlias(alias: string): readonly BsonType[] | undefined {
  if (alias === 'number') return numberTypes;
  const type = typeOfName.get(alias);
  return type === undefined ? undefined : [type];
}

/** The types a value of `$type` names: an alias or a code of any numeric type. Throws 2 for unknown ones, 14 else. */
export function typesNamedBy(value: Value): readonly BsonType[] {
  if (typeof value === 'string') {
    const types = typesOfAlias(value);
    if (types === undefined) throw new MongoError(2, `Unknown type name alias: ${value}`);
    return types;
  }
  if (!isNumeric(value)) throw new MongoError(14, 'type must be represented as a number or a string');
  const code = toDouble(value);
  const type = names.find(([, known]) => known === (code === -1 ? BsonType.minKey : code));
  if (type === undefined || code === BsonType.minKey) throw new MongoError(2, `Invalid numerical type code: ${code}`);
  return [type[1]];
}
