import { add } from '../../arithmetic/index.js';
import { addUnits, units, utc } from '../../dates/index.js';
import type { Unit } from '../../dates/index.js';
import { parseFieldPath } from '../../paths/index.js';
import {
  compare,
  DateTime,
  Document,
  int32,
  isNullish,
  isNumeric,
  keyString,
  MongoError,
  toDouble,
  typeName,
} from '../../values/index.js';
import type { Numeric, Value } from '../../values/index.js';
import type { CompileStage, Flow } from '../stage.js';
import { withValue } from './unwind.js';

/** More documents than this are not made (`internalQueryMaxAllowedDensifyDocs`). */
const MAX_MADE = 500_000;

interface Densify {
  readonly field: readonly string[];
  readonly partition: readonly (readonly string[])[];
  /** The value so many steps further on. */
  readonly step: (value: Value, steps: number) => Value;
  readonly isDate: boolean;
  /** From the least to the greatest value of each partition, of all documents, or between two values (the second excluded). */
  readonly bounds: 'partition' | 'full' | readonly [Value, Value];
}

/** `$densify`: documents for the values that are missing in a row. Throws 40414, 40415 for its fields, 5733201 and following for bad ranges. */
export const densify: CompileStage = (specification) => {
  const densified = parse(specification);
  return function* (input: Flow) {
    const partitions = new Map<string, { readonly key: Document; readonly documents: Document[] }>();
    const others: Document[] = [];
    for (const document of input) {
      if (document === undefined) {
        yield undefined;
        continue;
      }
      if (isNullish(valueOf(document, densified.field))) others.push(document);
      else {
        const key = partitionKey(document, densified);
        const name = keyString([key]).toString('latin1');
        const known = partitions.get(name) ?? { key, documents: [] };
        known.documents.push(document);
        partitions.set(name, known);
      }
    }
    yield* others;
    const whole = extent(
      [...partitions.values()].flatMap(({ documents }) => documents),
      densified,
    );
    let made = 0;
    for (const { key, documents } of partitions.values()) {
      for (const document of filled(key, documents, whole, densified)) {
        if (!documents.includes(document) && ++made > MAX_MADE)
          throw new MongoError(
            5897900,
            `Generated ${made} documents in $densify, which is over the limit of ${MAX_MADE}.`,
          );
        yield document;
        if (made % 64 === 0) yield undefined;
      }
    }
  };
};

function parse(specification: Value): Densify {
  if (!(specification instanceof Document)) throw new MongoError(5733401, 'The $densify stage must be an object');
  checkFields('$densify', specification, ['field', 'range', 'partitionByFields']);
  const field = specification.get('field');
  const range = specification.get('range');
  if (typeof field !== 'string' || !(range instanceof Document))
    throw new MongoError(40414, "$densify needs a 'field' (string) and a 'range' (object)");
  checkFields('$densify.range', range, ['step', 'unit', 'bounds']);
  const size = range.get('step');
  if (!isNumeric(size) || !(toDouble(size) > 0))
    throw new MongoError(5733401, 'the step parameter in a range must be a strictly positive numeric value');
  const named = range.get('unit');
  const unit = units.find((each) => each === named);
  if (named !== undefined && unit === undefined) throw new MongoError(9, 'unknown time unit value in $densify');
  const fields = specification.get('partitionByFields') ?? [];
  if (!Array.isArray(fields)) throw new MongoError(14, "'partitionByFields' must be an array");
  return {
    field: parseFieldPath(field),
    partition: fields.map((each) => {
      if (typeof each !== 'string') throw new MongoError(14, "'partitionByFields' must be strings");
      return parseFieldPath(each);
    }),
    step: stepper(size, unit),
    isDate: unit !== undefined,
    bounds: boundsOf(range.get('bounds'), unit !== undefined),
  };
}

function checkFields(owner: string, document: Document, known: readonly string[]): void {
  for (const name of document.keys())
    if (!known.includes(name)) throw new MongoError(40415, `BSON field '${owner}.${name}' is an unknown field.`);
}

const stepper =
  (size: Numeric, unit: Unit | undefined) =>
  (value: Value, steps: number): Value => {
    if (unit !== undefined && value instanceof DateTime)
      return new DateTime(BigInt(addUnits(Number(value.ms), unit, toDouble(size) * steps, utc)));
    if (!isNumeric(value)) return value;
    let result: Numeric = value;
    for (let taken = 0; taken < steps; taken += 1) result = add(result, size);
    return result;
  };

function boundsOf(value: Value | undefined, isDate: boolean): Densify['bounds'] {
  if (value === 'full' || value === 'partition') return value;
  const [low, high, more] = Array.isArray(value) ? value : [];
  if (low === undefined || high === undefined || more !== undefined)
    throw new MongoError(5733403, "the bounds in a range must be 'full', 'partition' or an array of two values");
  const fits = (bound: Value): boolean => (isDate ? bound instanceof DateTime : isNumeric(bound));
  if (!fits(low) || !fits(high))
    throw new MongoError(5733402, 'the bounds of $densify must be numbers, or dates with a unit');
  if (compare(low, high) > 0) throw new MongoError(5733402, 'the bounds in $densify must be in ascending order');
  return [low, high];
}

const valueOf = (document: Document, path: readonly string[]): Value | undefined =>
  path.reduce<Value | undefined>((value, part) => (value instanceof Document ? value.get(part) : undefined), document);

const partitionKey = (document: Document, { partition }: Densify): Document =>
  partition.reduce((key, path) => {
    const value = valueOf(document, path);
    return value === undefined ? key : withValue(key, path, value);
  }, new Document());

/** The least and the greatest value; undefined without documents. Throws 5733201 for what is neither number nor date as demanded. */
function extent(documents: readonly Document[], { field, isDate }: Densify): readonly [Value, Value] | undefined {
  let found: readonly [Value, Value] | undefined;
  for (const document of documents) {
    const value = valueOf(document, field) ?? int32(0);
    if (isDate ? !(value instanceof DateTime) : !isNumeric(value))
      throw new MongoError(
        5733201,
        `Densify field type must be ${isDate ? 'a date' : 'numeric'}, found ${typeName(value)}`,
      );
    const [low, high] = found ?? [value, value];
    found = [compare(value, low) < 0 ? value : low, compare(value, high) > 0 ? value : high];
  }
  return found;
}

/** A partition's documents in order, with those between that are missing. */
function* filled(
  key: Document,
  documents: readonly Document[],
  whole: readonly [Value, Value] | undefined,
  densified: Densify,
): Generator<Document, undefined> {
  const { field, bounds, step } = densified;
  const own = bounds === 'partition' ? extent(documents, densified) : bounds === 'full' ? whole : bounds;
  if (own === undefined) return undefined;
  const [low, high] = own;
  const isBefore = (value: Value): boolean => {
    const order = compare(value, high);
    return Array.isArray(bounds) ? order < 0 : order <= 0;
  };
  const sorted = documents.toSorted((a, b) => compare(valueOf(a, field), valueOf(b, field)));
  let at = 0;
  for (let steps = 0, value = low; isBefore(value); value = step(low, ++steps)) {
    let isThere = false;
    for (let next = sorted[at]; next !== undefined && compare(valueOf(next, field), value) <= 0; next = sorted[++at]) {
      isThere ||= compare(valueOf(next, field), value) === 0;
      yield next;
    }
    if (!isThere) yield withValue(key, field, value);
  }
  yield* sorted.slice(at);
  return undefined;
}
