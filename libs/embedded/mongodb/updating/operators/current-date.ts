import { Document, MongoError, Timestamp } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { UpdateOperator } from '../modifier.js';

/** `true`, `{ $type: 'date' }` or `{ $type: 'timestamp' }`. Throws 2 for anything else. */
export const currentDate: UpdateOperator = (path, operand) => {
  const type = typeAsked(path, operand);
  return [
    {
      path,
      modifier: {
        missing: 'make',
        modify: (_, { now }) => (type === 'date' ? now : new Timestamp(Number(now.ms / 1000n), 1)),
      },
    },
  ];
};

function typeAsked(path: string, operand: Value): 'date' | 'timestamp' {
  if (typeof operand === 'boolean') return 'date';
  if (!(operand instanceof Document))
    throw new MongoError(2, `$currentDate needs a boolean or { $type } for '${path}'`);
  const unknown = [...operand.keys()].find((name) => name !== '$type');
  if (unknown !== undefined) throw new MongoError(2, `Unrecognized $currentDate option: ${unknown}`);
  const type = operand.get('$type');
  if (type !== 'date' && type !== 'timestamp')
    throw new MongoError(2, "The '$type' string field is required to be 'date' or 'timestamp'");
  return type;
}
