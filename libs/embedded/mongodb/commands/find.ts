import { TailReader } from '../cursors/tail.js';
import { parseFilter } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import type { PlanRequest } from '../planner/choose.js';
import { findResults } from '../planner/find-results.js';
import type { Shaping } from '../planner/find-results.js';
import { parseProjection } from '../projecting/index.js';
import { parseSort } from '../sorting/index.js';
import type { Collection } from '../storage/collection.js';
import { Document, MongoError, isNumeric, toDouble } from '../values/index.js';
import { Arguments } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';
import { DEFAULT_FIRST_BATCH, firstBatch, openCursor } from './cursor-reply.js';
import type { CursorOptions } from './cursor-reply.js';
import { queryContext, readHint } from './query-options.js';

const FIELDS = [
  ...['filter', 'sort', 'projection', 'hint', 'skip', 'limit', 'batchSize', 'singleBatch', 'max', 'min', 'returnKey'],
  ...['showRecordId', 'tailable', 'oplogReplay', 'noCursorTimeout', 'awaitData', 'allowPartialResults', 'collation'],
  ...['allowDiskUse', 'let'],
];
const REFUSED = ['max', 'min', 'returnKey', 'showRecordId'];

/** A find command, understood. */
export interface FindQuery {
  readonly planning: PlanRequest;
  readonly shaping: Shaping;
}

export async function find(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, FIELDS);
  const { namespace, collection } = target(request, server);
  const { planning, shaping } = readFind(args, collection);
  if (args.boolean('tailable') === true) return tail(request, server, args, collection);
  if (args.boolean('awaitData') === true)
    throw new MongoError(9, "Cannot set 'awaitData' without also setting 'tailable'");
  const results =
    collection === undefined
      ? [].values()
      : findResults(collection, choosePlan(collection, planning), shaping, { keys: 0, documents: 0 });
  return firstBatch(request, server, namespace, results, cursorOptions(args, shaping.limit));
}

/** Reads what to find and in what shape. Throws 51024 for negative numbers, and what filter, sort and projection throw. */
export function readFind(args: Arguments, collection: Collection | undefined): FindQuery {
  for (const name of REFUSED) {
    const value = args.raw(name);
    if (value !== undefined && value !== false)
      throw new MongoError(2, `'${name}' is not supported by the embedded server`);
  }
  const context = queryContext(args, collection);
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

/** A cursor that stays open at the end of a capped collection. Throws 2 for other collections, and for a sort. */
function tail(
  request: Request,
  server: Server,
  args: Arguments,
  collection: Collection | undefined,
): Promise<Document> {
  if (collection?.options.get('capped') !== true)
    throw new MongoError(2, 'error processing query: tailable cursor requested on non capped collection');
  const { planning, shaping } = readFind(args, collection);
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
