import type { Pacer } from '../cursors/batch.js';
import { matches, parseFilter } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import { orderedDocuments, positionIn } from '../planner/find-results.js';
import type { Plan } from '../planner/plan.js';
import { nothingExamined } from '../planner/examined.js';
import { parseProjection } from '../projecting/index.js';
import type { Projection } from '../projecting/index.js';
import { parseSort } from '../sorting/index.js';
import type { SortField } from '../sorting/index.js';
import type { Collection } from '../storage/collection.js';
import type { Stored } from '../storage/document-cache.js';
import { parseUpdate } from '../updating/index.js';
import { Document, int32, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { applyUpdate, insertUpserted, lostRace } from './apply-update.js';
import type { UpdateStatement } from './apply-update.js';
import { Arguments } from './arguments.js';
import { collectionNamed } from './collections.js';
import type { Request, Server } from './command.js';
import { collectionName } from './namespace.js';
import { queryContext, readHint } from './query-options.js';
import { WriteRun } from './write-run.js';

const FIELDS = [
  ...['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'bypassDocumentValidation', 'arrayFilters'],
  ...['hint', 'collation', 'let'],
];

/** A findAndModify, understood; `statement` is undefined when the document is to be removed. */
interface Modification {
  readonly filter: UpdateStatement['filter'];
  readonly statement: UpdateStatement | undefined;
  readonly sort: readonly SortField[] | undefined;
  readonly projection: Projection | undefined;
  readonly returnNew: boolean;
  readonly planOf: (collection: Collection) => Plan;
  readonly strings: ((a: string, b: string) => number) | undefined;
}

export async function findAndModify(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, FIELDS);
  const name = collectionName(request);
  const run = new WriteRun(request, server.storage.open(request.database));
  const modification = readModification(args, collectionNamed(run.database, name));
  const reply = await modifyOne(run, name, modification);
  await run.settled();
  return reply;
}

/** Throws 9 for contradicting options, and what filter, sort, update and projection throw. */
function readModification(args: Arguments, collection: Collection | undefined): Modification {
  const remove = args.boolean('remove') ?? false;
  const upsert = args.boolean('upsert') ?? false;
  const returnNew = args.boolean('new') ?? false;
  const update = args.raw('update') ?? undefined;
  if (!remove && update === undefined) throw new MongoError(9, 'Either an update or remove=true must be specified');
  if (remove && update !== undefined) throw new MongoError(9, 'Cannot specify both an update and remove=true');
  if (remove && upsert) throw new MongoError(9, 'Cannot specify both upsert=true and remove=true ');
  if (remove && returnNew)
    throw new MongoError(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  if (remove && args.array('arrayFilters') !== undefined)
    throw new MongoError(9, 'Cannot specify arrayFilters and remove=true');
  const context = queryContext(args, collection);
  const filter = parseFilter(args.document('query') ?? new Document(), context);
  const hint = readHint(args.raw('hint'), collection);
  const sortSpecification = args.document('sort');
  const sort =
    sortSpecification === undefined || sortSpecification.size === 0 ? undefined : parseSort(sortSpecification);
  const fields = args.document('fields');
  return {
    filter,
    statement:
      update === undefined
        ? undefined
        : {
            ...{ filter, context, hint, upsert, multi: false },
            update: parseUpdate(update, args.array('arrayFilters'), context),
            unchecked: args.boolean('bypassDocumentValidation') ?? false,
          },
    sort,
    projection: fields === undefined || fields.size === 0 ? undefined : parseProjection(fields, context, 'find'),
    returnNew,
    planOf: (found) => choosePlan(found, { filter, sort, limit: 1, hint, collation: context.collation }),
    strings: context.collation?.compare,
  };
}

async function modifyOne(run: WriteRun, name: string, modification: Modification): Promise<Document> {
  const { statement, returnNew } = modification;
  for (;;) {
    const collection = collectionNamed(run.database, name);
    const found = collection && (await findFirst(run.pacer, collection, modification));
    if (collection !== undefined && found !== undefined) {
      const reply = run.change(() => modify(collection, found.rid, modification));
      if (reply !== undefined) return reply;
      continue;
    }
    if (statement?.upsert !== true) return nothingFound(statement === undefined);
    try {
      const inserted = insertUpserted(run, name, statement);
      const last = lastError(1, false).set('upserted', inserted.get('_id') ?? null);
      return new Document([
        ['lastErrorObject', last],
        ['value', returnNew ? project(inserted, modification) : null],
      ]);
    } catch (error) {
      if (!lostRace(error, statement.filter)) throw error;
    }
  }
}

/** Changes the document if it still matches; undefined when another client was quicker. */
function modify(collection: Collection, rid: number, modification: Modification): Document | undefined {
  const stored = collection.byRid(rid);
  if (stored === undefined || !matches(modification.filter, stored.document)) return undefined;
  const { statement, returnNew } = modification;
  if (statement === undefined) {
    const value = project(stored.document, modification);
    collection.remove(stored);
    return new Document([
      ['lastErrorObject', new Document([['n', int32(1)]])],
      ['value', value],
    ]);
  }
  const next = applyUpdate(collection, stored, statement);
  return new Document([
    ['lastErrorObject', lastError(1, true)],
    ['value', project(returnNew ? next : stored.document, modification)],
  ]);
}

async function findFirst(
  pacer: Pacer,
  collection: Collection,
  modification: Modification,
): Promise<Stored | undefined> {
  const { sort, strings } = modification;
  const shaping = { sort, strings, skip: 0, limit: 1, projection: undefined, allowDiskUse: true };
  for (const stored of orderedDocuments(collection, modification.planOf(collection), shaping, nothingExamined())) {
    if (stored !== undefined) return stored;
    if (pacer.due) await pacer.rest();
  }
  return undefined;
}

function project(document: Document, { projection, filter }: Modification): Value {
  if (projection === undefined) return document;
  return projection.project(document, projection.needsPosition ? positionIn({ filter }, document) : undefined);
}

const lastError = (n: number, updatedExisting: boolean): Document =>
  new Document([
    ['n', int32(n)],
    ['updatedExisting', updatedExisting],
  ]);

const nothingFound = (removing: boolean): Document =>
  new Document([
    ['lastErrorObject', removing ? new Document([['n', int32(0)]]) : lastError(0, false)],
    ['value', null],
  ]);
