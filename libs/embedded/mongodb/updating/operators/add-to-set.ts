import { compare, Document, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { UpdateOperator } from '../modifier.js';

/** Adds what is not yet an element. Throws 2 for a field that is no array, 14 for `$each` that is none. */
export const addToSet: UpdateOperator = (path, operand, { collation }) => {
  const added = valuesOf(operand);
  const extend = (elements: readonly Value[]): Value[] => {
    const extended = [...elements];
    for (const value of added)
      if (!extended.some((element) => compare(element, value, collation?.compare) === 0)) extended.push(value);
    return extended;
  };
  return [
    {
      path,
      modifier: {
        missing: 'make',
        modify: (current, _, at) => {
          if (current === undefined) return extend([]);
          if (!Array.isArray(current))
            throw new MongoError(
              2,
              `Cannot apply $addToSet to non-array field. Field named '${at}' has non-array type ${typeName(current)}`,
            );
          const extended = extend(current);
          return extended.length === current.length ? current : extended;
        },
      },
    },
  ];
};

function valuesOf(operand: Value): readonly Value[] {
  if (!(operand instanceof Document) || operand.keys().next().value !== '$each') return [operand];
  const each = operand.get('$each');
  if (!Array.isArray(each)) throw new MongoError(14, 'The argument to $each in $addToSet must be an array');
  if (operand.size > 1) throw new MongoError(2, 'Found unexpected fields after $each in $addToSet');
  return each;
}
