import type { Flow } from '../aggregation/index.js';
import { parseFilter } from '../matching/index.js';
import { Pacer } from '../cursors/batch.js';
import { choosePlan } from '../planner/choose.js';
import { countResults } from '../planner/count-results.js';
import { nothingExamined } from '../planner/examined.js';
import { Document, isNumeric, MongoError, toDouble } from '../values/index.js';
import { Arguments, countValue } from './arguments.js';
import { readTarget } from './collections.js';
import type { Request, Server } from './command.js';
import { collectionName } from './namespace.js';
import { pipelineSources } from './pipeline-sources.js';
import { queryContext, readHint } from './query-options.js';

export async function count(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['query', 'limit', 'skip', 'hint', 'collation', 'fields']);
  const { collection, view } = readTarget(request, server);
  const context = queryContext(args, collection ?? view);
  const filter = parseFilter(args.document('query') ?? new Document(), context);
  const skip = args.count('skip') ?? 0;
  const limit = readLimit(args);
  const hint = readHint(args.raw('hint'), collection);
  const pacer = new Pacer(request.deadline, request.client.closed);
  if (view !== undefined) {
    const { find } = pipelineSources(request, server, undefined, undefined);
    const selection = { filter, sort: undefined, limit: skip + limit === Infinity ? undefined : skip + limit, context };
    return counted(await countFlow(find(collectionName(request), selection), pacer), skip);
  }
  const plan =
    collection &&
    choosePlan(collection, { filter, sort: undefined, limit: undefined, hint, collation: context.collation });
  const found =
    collection === undefined || plan === undefined
      ? 0
      : await countResults(collection, plan, skip + limit, pacer, nothingExamined());
  return counted(found, skip);
}

const counted = (found: number, skip: number): Document => new Document([['n', countValue(Math.max(0, found - skip))]]);

async function countFlow(flow: Flow, pacer: Pacer): Promise<number> {
  let found = 0;
  for (const document of flow) {
    if (document !== undefined) found++;
    if (pacer.due) await pacer.rest();
  }
  return found;
}

/** A negative limit means the same as a positive one, and 0 none. */
function readLimit(args: Arguments): number {
  const limit = args.raw('limit');
  if (limit === undefined || limit === null) return Infinity;
  if (!isNumeric(limit)) throw new MongoError(14, "BSON field 'count.limit' is the wrong type, expected a number");
  const number = Math.abs(Math.trunc(toDouble(limit)));
  return number === 0 ? Infinity : number;
}
