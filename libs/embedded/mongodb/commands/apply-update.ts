import type { QueryContext } from '../expressions/index.js';
import { matches, parseFilter } from '../matching/index.js';
import type { MatchDetails, MatchExpression } from '../matching/index.js';
import type { Hint } from '../planner/choose.js';
import type { Collection } from '../storage/collection.js';
import { DuplicateKey } from '../storage/duplicate-key.js';
import type { Stored } from '../storage/document-cache.js';
import { parseUpdate, upsertedDocument } from '../updating/index.js';
import type { Update } from '../updating/index.js';
import { Document, encodeDocument, equal, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import { collectionToWrite } from './collections.js';
import { checkId, MAX_DOCUMENT_BYTES, prepareDocument } from './prepare-document.js';
import { queryContext, readHint } from './query-options.js';
import type { WriteRun } from './write-run.js';

/** One statement of an update command, or a findAndModify, understood. */
export interface UpdateStatement {
  readonly filter: MatchExpression;
  readonly context: QueryContext;
  readonly update: Update;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly hint: Hint | undefined;
  /** Stored as it comes, whatever the collection's validator says. */
  readonly unchecked: boolean;
}

const FIELDS = ['q', 'u', 'c', 'multi', 'upsert', 'hint', 'arrayFilters', 'collation', 'upsertSupplied'];

/** Throws 40415 for unknown fields, 9 for a replacement of many, and what filter and update throw. */
export function readUpdate(
  statement: Document,
  command: Arguments,
  collection: Collection | undefined,
  unchecked: boolean,
): UpdateStatement {
  const fields = Arguments.ofDocument(statement, 'update.updates', FIELDS).withLet(command);
  const constants = fields.document('c');
  const context = queryContext(fields, collection, constants);
  const filter = parseFilter(fields.required('q', fields.document('q')), context);
  const update = parseUpdate(fields.required('u', fields.raw('u')), fields.array('arrayFilters'), context);
  const multi = fields.boolean('multi') ?? false;
  if (constants !== undefined && update.kind !== 'pipeline') {
    throw new MongoError(51198, 'Constant values may only be specified for pipeline updates');
  }
  if (multi && update.kind === 'replacement') {
    throw new MongoError(9, 'multi update is not supported for replacement-style update');
  }
  const hint = readHint(fields.raw('hint'), collection);
  return { filter, context, update, multi, upsert: fields.boolean('upsert') ?? false, hint, unchecked };
}

/** Changes a stored document inside a change; answers what it is now, the same object when nothing changed. */
export function applyUpdate(collection: Collection, stored: Stored, statement: UpdateStatement): Document {
  const details: MatchDetails = { position: undefined };
  matches(statement.filter, stored.document, details);
  const applied = statement.update.apply(stored.document, { isInsert: false, position: details.position });
  if (applied === stored.document) return applied;
  const next = statement.update.kind === 'replacement' ? prepareDocument(applied) : sized(applied);
  if (!statement.unchecked) collection.validate(next, stored.document);
  collection.replace(stored, next);
  return next;
}

/** Inserts what the statement makes of nothing. Throws DuplicateKey, 2 for an `_id` that no document may have. */
export function insertUpserted(run: WriteRun, name: string, statement: UpdateStatement): Document {
  return run.change(() => {
    const collection = collectionToWrite(run.database, name);
    const document = prepareDocument(upsertedDocument(statement.filter, statement.update));
    checkId(document.get('_id') ?? null);
    if (!statement.unchecked) collection.validate(document, undefined);
    collection.insert(document);
    collection.trim();
    return document;
  });
}

/**
 * Whether an upsert failed because another client inserted just the document that its query asks for: looking again will
 * find it. A query that asks for more than the key may never find it.
 */
export function lostRace(error: unknown, filter: MatchExpression): boolean {
  if (!(error instanceof DuplicateKey)) return false;
  const key = [...error.keyValue];
  const conditions = filter.kind === 'and' ? filter.children.length : 1;
  return conditions === key.length && key.every(([path, value]) => demands(filter, path, value));
}

function demands(filter: MatchExpression, path: string, value: Value): boolean {
  if (filter.kind === 'field') return filter.path === path && filter.operator === '$eq' && equal(filter.operand, value);
  return filter.kind === 'and' && filter.children.some((child) => demands(child, path, value));
}

/** The document with its bytes, so that it is encoded once. Throws 17419 when it has grown too large. */
function sized(document: Document): Document {
  const bytes = encodeDocument(document);
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw new MongoError(17419, `Resulting document after update is larger than ${MAX_DOCUMENT_BYTES}`);
  }
  return Document.over(bytes);
}
