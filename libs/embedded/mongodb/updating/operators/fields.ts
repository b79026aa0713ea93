import { identical, MongoError } from '../../values/index.js';
import type { UpdateOperator, UpdateState } from '../modifier.js';
import { checkStaticPath, valueAtStaticPath } from './static-path.js';

export const set: UpdateOperator = (path, operand) => [
  { path, modifier: { missing: 'make', modify: (current) => (identical(current, operand) ? current : operand) } },
];

export const setOnInsert: UpdateOperator = (path, operand) => [
  {
    path,
    modifier: {
      missing: (state) => (state.isInsert ? 'make' : 'skip'),
      modify: (current, state) => (state.isInsert ? operand : current),
    },
  },
];

export const unset: UpdateOperator = (path) => [{ path, modifier: { missing: 'skip', modify: () => undefined } }];

/** Moves a field: the source is removed and the target set, both only if the source is there. Throws 2. */
export const rename: UpdateOperator = (source, operand) => {
  if (typeof operand !== 'string') throw new MongoError(2, "The 'to' field for $rename must be a string");
  if (source === operand) throw new MongoError(2, `The source and target field for $rename must differ: ${source}`);
  checkStaticPath('source', source);
  checkStaticPath('destination', operand);
  const moved = (state: UpdateState) => valueAtStaticPath('source', state.original, source);
  return [
    { path: source, modifier: { missing: 'skip', modify: () => undefined } },
    {
      path: operand,
      modifier: {
        missing: (state) => (moved(state) === undefined ? 'skip' : 'make'),
        modify: (current, state) => {
          const value = moved(state);
          if (value === undefined) return current;
          valueAtStaticPath('destination', state.original, operand);
          return value;
        },
      },
    },
  ];
};
