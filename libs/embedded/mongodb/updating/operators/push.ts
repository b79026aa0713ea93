import { compareSortKeys, parseSort, sortKeyOf } from '../../sorting/index.js';
import { compare, Document, exactInteger, isNumeric, MongoError, toDouble, typeName } from '../../values/index.js';
import type { CompareStrings, Value } from '../../values/index.js';
import type { UpdateOperator } from '../modifier.js';

/** How the elements of an array are put in order. */
type SortElements = (elements: Value[]) => Value[];

const clauseNames = ['$each', '$position', '$slice', '$sort'];

/** One value, or `$each` with `$position`, `$slice`, `$sort`: insert, then sort, then cut. Throws 2. */
export const push: UpdateOperator = (path, operand, { collation }) => {
  const clauses = operand instanceof Document && operand.has('$each') ? operand : undefined;
  const added = clauses === undefined ? [operand] : eachOf(clauses);
  const position = clauses === undefined ? undefined : integerClause(clauses, '$position');
  const slice = clauses === undefined ? undefined : integerClause(clauses, '$slice');
  const sort = clauses === undefined ? undefined : sortClause(clauses.get('$sort'), collation?.compare);
  const apply = (elements: readonly Value[]): Value[] => {
    const pushed = insertAt(elements, added, position);
    return cut(sort === undefined ? pushed : sort(pushed), slice);
  };
  return [
    {
      path,
      modifier: {
        missing: 'make',
        modify: (current, _, at) => {
          if (current === undefined) return apply([]);
          if (!Array.isArray(current))
            throw new MongoError(2, `The field '${at}' must be an array but is of type ${typeName(current)}`);
          return added.length === 0 && sort === undefined && slice === undefined ? current : apply(current);
        },
      },
    },
  ];
};

function eachOf(clauses: Document): readonly Value[] {
  for (const name of clauses.keys())
    if (!clauseNames.includes(name)) throw new MongoError(2, `Unrecognized clause in $push: ${name}`);
  const each = clauses.get('$each');
  if (!Array.isArray(each)) throw new MongoError(2, 'The argument to $each in $push must be an array');
  return each;
}

function integerClause(clauses: Document, name: string): number | undefined {
  const value = clauses.get(name);
  if (value === undefined) return undefined;
  const integer = exactInteger(value);
  if (integer === undefined) throw new MongoError(2, `The value for ${name} must be an integer value`);
  return Number(integer);
}

function sortClause(value: Value | undefined, strings: CompareStrings | undefined): SortElements | undefined {
  if (value === undefined) return undefined;
  if (isNumeric(value)) {
    const direction = directionOf(value);
    return (elements) => elements.sort((a, b) => direction * compare(a, b, strings));
  }
  if (!(value instanceof Document) || value.size === 0)
    throw new MongoError(
      2,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  for (const [name, direction] of value) {
    if (name === '' || name.split('.').includes(''))
      throw new MongoError(2, `The $sort field is a bad path: '${name}'`);
    directionOf(direction);
  }
  const fields = parseSort(value);
  const compareKeys = compareSortKeys(fields, strings);
  return (elements) =>
    elements
      .map((element) => ({ element, key: sortKeyOf(asDocument(element), fields, compareKeys) }))
      .sort((a, b) => compareKeys(a.key, b.key))
      .map(({ element }) => element);
}

/** Elements that are no documents have none of the fields. */
const asDocument = (element: Value): Document => (element instanceof Document ? element : new Document());

function directionOf(value: Value): number {
  const direction = isNumeric(value) ? toDouble(value) : 0;
  if (direction !== 1 && direction !== -1) throw new MongoError(2, 'The $sort element value must be either 1 or -1');
  return direction;
}

function insertAt(elements: readonly Value[], added: readonly Value[], position: number | undefined): Value[] {
  const at =
    position === undefined ? elements.length : position < 0 ? Math.max(0, elements.length + position) : position;
  return [...elements.slice(0, at), ...added, ...elements.slice(at)];
}

function cut(elements: Value[], slice: number | undefined): Value[] {
  if (slice === undefined) return elements;
  return slice < 0 ? elements.slice(slice) : elements.slice(0, slice);
}
