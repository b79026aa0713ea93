import type { QueryContext } from '../expressions/index.js';
import { parseFilter } from '../matching/index.js';
import type { MatchExpression } from '../matching/index.js';
import type { Hint } from '../planner/choose.js';
import type { Collection } from '../storage/collection.js';
import type { Stored } from '../storage/document-cache.js';
import { Document, encodeDocument, equal, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import { prepareDocument } from './prepare-document.js';
import { queryContext, readHint } from './query-options.js';

/** One statement of an update command, understood. */
export interface UpdateStatement {
  readonly filter: MatchExpression;
  readonly context: QueryContext;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly hint: Hint | undefined;
  /** Stored as it comes, whatever the collection's validator says. */
  readonly unchecked: boolean;
  readonly replacement: Document;
}

const FIELDS = ['q', 'u', 'c', 'multi', 'upsert', 'hint', 'arrayFilters', 'collation', 'upsertSupplied'];

export function readUpdate(
  statement: Document,
  command: Arguments,
  collection: Collection | undefined,
  unchecked: boolean,
): UpdateStatement {
  const fields = Arguments.ofDocument(statement, 'update.updates', FIELDS).withLet(command);
  const context = queryContext(fields, collection);
  const multi = fields.boolean('multi') ?? false;
  const u = fields.required('u', fields.raw('u'));
  if (!(u instanceof Document)) throw new MongoError(2, 'update pipelines are not supported');
  if ([...u.keys()][0]?.startsWith('$') === true) throw new MongoError(2, 'update operators are not supported');
  if (multi) throw new MongoError(9, 'multi update is not supported for replacement-style update');
  return {
    filter: parseFilter(fields.required('q', fields.document('q')), context),
    context,
    multi,
    upsert: fields.boolean('upsert') ?? false,
    hint: readHint(fields.raw('hint'), collection),
    unchecked,
    replacement: u,
  };
}

/** Changes a stored document inside a change; answers what it is now, the same object when nothing changed. */
export function applyUpdate(collection: Collection, stored: Stored, statement: UpdateStatement): Document {
  const before = stored.document;
  const next = replaced(before, statement.replacement);
  if (encodeDocument(next).equals(encodeDocument(before))) return before;
  if (!statement.unchecked) collection.validate(next, before);
  collection.replace(stored, next);
  return next;
}

function replaced(before: Document, replacement: Document): Document {
  const id = before.get('_id') ?? null;
  const given = replacement.get('_id');
  if (given !== undefined && !equal(given, id)) {
    throw new MongoError(66, "After applying the update, the (immutable) field '_id' was found to have been altered");
  }
  const next = new Document([['_id', id]]);
  for (const [name, value] of replacement) if (name !== '_id') next.set(name, value);
  return prepareDocument(next);
}

/** What an upsert inserts when nothing matched. */
export function upsertedDocument({ filter, replacement }: UpdateStatement): Document {
  const id = replacement.get('_id') ?? equalId(filter);
  const next = new Document(id === undefined ? [] : [['_id', id]]);
  for (const [name, value] of replacement) if (name !== '_id') next.set(name, value);
  return prepareDocument(next);
}

function equalId(filter: MatchExpression): Value | undefined {
  if (filter.kind === 'field') return filter.path === '_id' && filter.operator === '$eq' ? filter.operand : undefined;
  if (filter.kind !== 'and') return undefined;
  return filter.children.map(equalId).find((id) => id !== undefined);
}
