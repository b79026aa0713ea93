import { TailReader } from '../cursors/tail.js';
import type { Flow, Selection } from '../aggregation/index.js';
import type { QueryContext } from '../expressions/index.js';
import { parseFilter } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import type { PlanRequest } from '../planner/choose.js';
import { findResults } from '../planner/find-results.js';
import type { Shaping } from '../planner/find-results.js';
import { nothingExamined } from '../planner/examined.js';
import { parseProjection } from '../projecting/index.js';
import { parseSort } from '../sorting/index.js';
import type { Collection } from '../storage/collection.js';
import { Document, MongoError, isNumeric, toDouble } from '../values/index.js';
import { Arguments } from './arguments.js';
import { readTarget } from './collections.js';
import type { ReadTarget } from './collections.js';
import type { Request, Server } from './command.js';
import { DEFAULT_FIRST_BATCH, firstBatch, openCursor } from './cursor-reply.js';
import type { CursorOptions } from './cursor-reply.js';
import { collectionName } from './namespace.js';
import { pipelineSources } from './pipeline-sources.js';
import { queryContext, readHint } from './query-options.js';

const FIELDS = [
  ...['filter', 'sort', 'projection', 'hint', 'skip', 'limit', 'batchSize', 'singleBatch', 'max', 'min', 'returnKey'],
  ...['showRecordId', 'tailable', 'oplogReplay', 'noCursorTimeout', 'awaitData', 'allowPartialResults', 'collation'],
  ...['allowDiskUse', 'let'],
];
const REFUSED = ['max', 'min', 'returnKey', 'showRecordId'];

/** A find command, understood. */
export interface FindQuery {
  readonly context: QueryContext;
  readonly planning: PlanRequest;
  readonly shaping: Shaping;
}

export async function find(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, FIELDS);
  const source = readTarget(request, server);
  const { namespace, collection, view } = source;
  const query = readFind(args, source);
  const { planning, shaping } = query;
  if (args.boolean('tailable') === true) return tail(request, server, args, collection, query);
  if (args.boolean('awaitData') === true)
    throw new MongoError(9, "Cannot set 'awaitData' without also setting 'tailable'");
  if (view !== undefined) {
    const { find: read } = pipelineSources(request, server, undefined, undefined);
    const seen = shaped(read(collectionName(request), selectionOf(query)), shaping);
    return firstBatch(request, server, namespace, seen, cursorOptions(args, shaping.limit));
  }
  const results =
    collection === undefined
      ? [].values()
      : findResults(collection, choosePlan(collection, planning), shaping, nothingExamined());
  return firstBatch(request, server, namespace, results, cursorOptions(args, shaping.limit));
}

/** Reads what to find and in what shape. Throws 51024 for negative numbers, and what filter, sort and projection throw. */
export function readFind(args: Arguments, { collection, view }: Pick<ReadTarget, 'collection' | 'view'>): FindQuery {
  for (const name of REFUSED) {
    const value = args.raw(name);
    if (value !== undefined && value !== false)
      throw new MongoError(2, `'${name}' is not supported by the embedded server`);
  }
  const context = queryContext(args, collection ?? view);
  const filter = parseFilter(args.document('filter') ?? new Document(), context);
  const sortSpecification = args.document('sort');
  const natural = sortSpecification?.get('$natural');
  const sort =
    sortSpecification === undefined || sortSpecification.size === 0 || natural !== undefined
      ? undefined
      : parseSort(sortSpecification);
  const projection = args.document('projection');
  const limit = args.count('limit') ?? 0;
  const skip = args.count('skip') ?? 0;
  const hint = isNumeric(natural)
    ? ({ natural: toDouble(natural) < 0 ? -1 : 1 } as const)
    : readHint(args.raw('hint'), collection);
  return {
    context,
    planning: { filter, sort, limit: limit === 0 ? undefined : skip + limit, hint, collation: context.collation },
    shaping: {
      sort,
      strings: context.collation?.compare,
      skip,
      limit: limit === 0 ? Infinity : limit,
      projection:
        projection === undefined || projection.size === 0 ? undefined : parseProjection(projection, context, 'find'),
      allowDiskUse: args.boolean('allowDiskUse') ?? false,
    },
  };
}

/** What a find asks of a view. */
export const selectionOf = ({ planning: { filter, limit }, shaping: { sort }, context }: FindQuery): Selection => ({
  filter,
  sort,
  limit,
  context,
});

/** What a view answers, without what is skipped, and projected. */
function* shaped(found: Flow, { skip, projection }: Shaping): Generator<Document | undefined, undefined> {
  let position = 0;
  for (const document of found) {
    if (document === undefined || position++ < skip) yield undefined;
    else yield projection === undefined ? document : projection.project(document, undefined);
  }
  return undefined;
}

/** A cursor that stays open at the end of a capped collection. Throws 2 for other collections, and for a sort. */
function tail(
  request: Request,
  server: Server,
  args: Arguments,
  collection: Collection | undefined,
  { planning, shaping }: FindQuery,
): Promise<Document> {
  if (collection?.options.get('capped') !== true)
    throw new MongoError(2, 'error processing query: tailable cursor requested on non capped collection');
  if (planning.sort !== undefined || shaping.skip > 0)
    throw new MongoError(2, 'error processing query: a tailable cursor takes neither sort nor skip');
  const reader = new TailReader(collection, planning.filter, shaping.projection, shaping.limit);
  const options = cursorOptions(args, shaping.limit);
  return openCursor(request, server, collection.namespace, reader, {
    ...options,
    awaitsData: args.boolean('awaitData') ?? false,
  });
}

function cursorOptions(args: Arguments, limit: number): CursorOptions {
  return {
    batchSize: args.count('batchSize') ?? DEFAULT_FIRST_BATCH,
    limit,
    singleBatch: args.boolean('singleBatch') ?? false,
  };
}
