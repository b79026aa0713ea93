import { compileExpression } from '../../expressions/index.js';
import { Document, int32, MongoError } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, Flow } from '../stage.js';
import { group } from './group.js';
import { sortFields, sortStage } from './sort.js';

/** `$count: 'name'`: nothing for no documents. Throws 40156 to 40160 for a bad name. */
export const count: CompileStage = (specification) => {
  if (typeof specification !== 'string') throw new MongoError(40156, 'the count field must be a non-empty string');
  if (specification === '') throw new MongoError(40157, 'the count field must be a non-empty string');
  if (specification.startsWith('$')) throw new MongoError(40158, 'the count field cannot be a $-prefixed path');
  if (specification.includes('\0')) throw new MongoError(40159, 'the count field cannot contain a null byte');
  if (specification.includes('.')) throw new MongoError(40160, "the count field cannot contain '.'");
  return function* (input: Flow) {
    let total = 0;
    for (const document of input) {
      if (document === undefined) yield undefined;
      else if (++total % 64 === 0) yield undefined;
    }
    if (total > 0) yield new Document([[specification, total <= 0x7fff_ffff ? int32(total) : BigInt(total)]]);
  };
};

/** `$sortByCount: expression`: a group with `count`, most first. Throws 40147 for a literal, 40148, 40149. */
export const sortByCount: CompileStage = (specification, context, name) => {
  checkExpression(specification);
  compileExpression(specification, context.query);
  const groupBy = group(
    new Document([
      ['_id', specification],
      ['count', new Document([['$sum', int32(1)]])],
    ]),
    context,
    name,
  );
  const sort = sortStage(sortFields(new Document([['count', int32(-1)]])), undefined, context);
  return (input) => sort(groupBy(input));
};

function checkExpression(specification: Value): void {
  if (specification instanceof Document) {
    if (specification.keys().next().value?.startsWith('$') !== true)
      throw new MongoError(
        40147,
        'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
      );
  } else if (typeof specification !== 'string')
    throw new MongoError(40149, 'the sortByCount field must be specified as a string or as an object');
  else if (!specification.startsWith('$'))
    throw new MongoError(
      40148,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
}
