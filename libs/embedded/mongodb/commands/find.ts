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
import { DEFAULT_FIRST_BATCH, firstBatch } from './cursor-reply.js';
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
  const results =
    collection === undefined
      ? [].values()
      : findResults(collection, choosePlan(collection, planning), shaping, { keys: 0, documents: 0 });
  return firstBatch(request, server, namespace, results, cursorOptions(args, collection, shaping.limit));
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
  const collated = context.collation !== undefined;
  return {
    planning: { filter, sort, limit: limit === 0 ? undefined : skip + limit, hint, collated },
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

function cursorOptions(args: Arguments, collection: Collection | undefined, limit: number): CursorOptions {
  const tailable = args.boolean('tailable') ?? false;
  const awaitData = args.boolean('awaitData') ?? false;
  if (awaitData && !tailable) throw new MongoError(9, "Cannot set 'awaitData' without also setting 'tailable'");
  if (tailable && collection?.options.get('capped') !== true) {
    throw new MongoError(2, 'error processing query: tailable cursor requested on non capped collection');
  }
  if (tailable) throw new MongoError(115, 'tailable cursors are not supported by the embedded server');
  return {
    batchSize: args.count('batchSize') ?? DEFAULT_FIRST_BATCH,
    limit,
    singleBatch: args.boolean('singleBatch') ?? false,
  };
}
