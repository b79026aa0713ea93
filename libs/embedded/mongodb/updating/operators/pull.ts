import { isOperatorDocument, matches, matchesValue, parseFilter, parseValueFilter } from '../../matching/index.js';
import { compare, Document, exactInteger, MongoError, Regex, typeName } from '../../values/index.js';
import type { QueryContext } from '../../expressions/index.js';
import type { Value } from '../../values/index.js';
import type { PathModifier, UpdateOperator } from '../modifier.js';

/** Removes the elements that equal a value or meet a condition. */
export const pull: UpdateOperator = (path, operand, context) => [removal('$pull', path, pullTest(operand, context))];

/** Removes the elements that equal one of the values. Throws 2 unless it gets an array. */
export const pullAll: UpdateOperator = (path, operand, { collation }) => {
  if (!Array.isArray(operand))
    throw new MongoError(2, `$pullAll requires an array argument but was given a ${typeName(operand)}`);
  return [
    removal('$pullAll', path, (element) => operand.some((value) => compare(element, value, collation?.compare) === 0)),
  ];
};

function pullTest(operand: Value, context: QueryContext): (element: Value) => boolean {
  if (operand instanceof Regex) return pullTest(new Document([['$regex', operand]]), context);
  if (isOperatorDocument(operand)) {
    const condition = parseValueFilter(operand, context);
    return (element) => matchesValue(condition, element);
  }
  if (operand instanceof Document) {
    const filter = parseFilter(operand, context);
    return (element) => element instanceof Document && matches(filter, element);
  }
  return (element) => compare(element, operand, context.collation?.compare) === 0;
}

function removal(name: string, path: string, isRemoved: (element: Value) => boolean): PathModifier {
  return {
    path,
    modifier: {
      missing: 'skip unless blocked',
      modify: (current, _, at) => {
        if (current === undefined) return current;
        if (!Array.isArray(current)) throw new MongoError(2, `Cannot apply ${name} to a non-array value at '${at}'`);
        const kept = current.filter((element) => !isRemoved(element));
        return kept.length === current.length ? current : kept;
      },
    },
  };
}

/** Removes the last element (1) or the first one (-1). Throws 9 for other operands, 14 for a field that is no array. */
export const pop: UpdateOperator = (path, operand) => {
  const end = exactInteger(operand);
  if (end !== 1n && end !== -1n) throw new MongoError(9, `$pop expects 1 or -1 for '${path}'`);
  return [
    {
      path,
      modifier: {
        missing: 'skip unless blocked',
        modify: (current, _, at) => {
          if (current === undefined) return current;
          if (!Array.isArray(current))
            throw new MongoError(14, `Path '${at}' contains an element of non-array type '${typeName(current)}'`);
          if (current.length === 0) return current;
          return end === 1n ? current.slice(0, -1) : current.slice(1);
        },
      },
    },
  ];
};
