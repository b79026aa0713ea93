import { parseCollation } from '../collation/index.js';
import type { QueryContext } from '../expressions/index.js';
import { compileExpression } from '../expressions/index.js';
import type { ScannableIndex } from '../indexes/secondary-index.js';
import type { Hint } from '../planner/choose.js';
import type { Collection } from '../storage/collection.js';
import { DateTime, Document, equal, isNumeric, MongoError, toDouble } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Arguments } from './arguments.js';

/** What the filter, sort and expressions of a command mean: its collation, its variables, one instant for all of it. */
export function queryContext(
  args: Arguments,
  collection: Collection | undefined,
  constants: Document = new Document(),
): QueryContext {
  const specification = args.document('collation') ?? collation(collection?.options.get('collation'));
  const context = {
    collation: specification === undefined || specification.size === 0 ? undefined : parseCollation(specification),
    variables: new Map<string, Value | undefined>(constants),
    now: new DateTime(BigInt(Date.now())),
    random: Math.random,
  };
  for (const [name, value] of args.document('let') ?? new Document()) {
    context.variables.set(name, compileExpression(value, context)(new Document()));
  }
  return context;
}

const collation = (value: Value | undefined): Document | undefined => (value instanceof Document ? value : undefined);

/** The index that a hint names, by name or by key pattern. Throws 2 when there is none. */
export function readHint(hint: Value | undefined, collection: Collection | undefined): Hint | undefined {
  if (hint === undefined || hint === null) return undefined;
  if (hint instanceof Document && hint.size === 0) return undefined;
  const natural = hint instanceof Document ? hint.get('$natural') : undefined;
  if (isNumeric(natural)) return { natural: toDouble(natural) < 0 ? -1 : 1 };
  if (typeof hint !== 'string' && !(hint instanceof Document)) {
    throw new MongoError(9, 'hint must be a string or an object');
  }
  if (collection === undefined) return undefined;
  const all: readonly ScannableIndex[] = [collection.idIndex, ...collection.indexes];
  const found = all.find(({ spec }) => (typeof hint === 'string' ? spec.name === hint : equal(spec.keyPattern, hint)));
  if (found === undefined || found.spec.hidden) {
    throw new MongoError(
      2,
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    );
  }
  return found;
}
