import { parseFilter } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import { runPlan } from '../planner/run.js';
import { Document } from '../values/index.js';
import { Arguments } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';
import { DEFAULT_FIRST_BATCH, firstBatch } from './cursor-reply.js';
import { queryContext, readHint } from './query-options.js';

const FIELDS = [
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'max',
  'min',
  'returnKey',
  'showRecordId',
  'tailable',
  'oplogReplay',
  'noCursorTimeout',
  'awaitData',
  'allowPartialResults',
  'collation',
  'allowDiskUse',
  'let',
];

export async function find(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, FIELDS);
  const { namespace, collection } = target(request, server);
  const context = queryContext(args, collection);
  const filter = parseFilter(args.document('filter') ?? new Document(), context);
  const hint = readHint(args.raw('hint'), collection);
  const limit = args.count('limit') ?? 0;
  const plan =
    collection &&
    choosePlan(collection, {
      filter,
      sort: undefined,
      limit: undefined,
      hint,
      collated: context.collation !== undefined,
    });
  const examined = { keys: 0, documents: 0 };
  function* results() {
    if (plan === undefined || collection === undefined) return undefined;
    for (const stored of runPlan(plan, collection, examined)) yield stored?.document;
    return undefined;
  }
  return firstBatch(request, server, namespace, results(), {
    batchSize: args.count('batchSize') ?? DEFAULT_FIRST_BATCH,
    limit: limit === 0 ? Infinity : limit,
    singleBatch: args.boolean('singleBatch') ?? false,
    tailable: false,
    awaitData: false,
  });
}
