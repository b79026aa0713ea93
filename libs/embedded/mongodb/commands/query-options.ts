import { parseCollation } from '../collation/index.js';
import type { Collation } from '../collation/index.js';
import type { QueryContext } from '../expressions/index.js';
import { compileExpression } from '../expressions/index.js';
import type { ScannableIndex } from '../indexes/secondary-index.js';
import type { Hint } from '../planner/choose.js';
import type { Collection } from '../storage/collection.js';
import type { View } from '../storage/view.js';
import { DateTime, Document, equal, isNumeric, MongoError, toDouble } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Arguments } from './arguments.js';

/**
 * What the filter, sort and expressions of a command mean: its collation, its variables, one instant for all of it. Throws
 * 167 for another collation than that of the view it reads.
 */
export function queryContext(
  args: Arguments,
  source: Collection | View | undefined,
  constants: Document = new Document(),
): QueryContext {
  const context = {
    collation: collationOf(args.document('collation'), source),
    variables: new Map<string, Value | undefined>(constants),
    now: new DateTime(BigInt(Date.now())),
    random: Math.random,
  };
  for (const [name, value] of args.document('let') ?? new Document()) {
    context.variables.set(name, compileExpression(value, context)(new Document()));
  }
  return context;
}

function collationOf(wanted: Document | undefined, source: Collection | View | undefined): Collation | undefined {
  const declared = source?.options.get('collation');
  const own = declared instanceof Document ? parseCollation(declared) : undefined;
  if (wanted === undefined || wanted.size === 0) return own;
  const collation = parseCollation(wanted);
  if (source?.options.has('viewOn') === true && !equal(collation?.specification ?? null, own?.specification ?? null))
    throw new MongoError(167, 'The collation of an operation on a view has to be that of the view');
  return collation;
}

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
