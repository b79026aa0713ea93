import { parseFilter } from '../matching/index.js';
import type { MatchExpression } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import type { PlanRequest } from '../planner/choose.js';
import { findResults } from '../planner/find-results.js';
import type { Shaping } from '../planner/find-results.js';
import { parseSort } from '../sorting/index.js';
import type { Collection } from '../storage/collection.js';
import { Document, MongoError, typeName } from '../values/index.js';
import { Arguments } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';
import { DEFAULT_FIRST_BATCH, firstBatch } from './cursor-reply.js';
import { compileStages } from './pipeline.js';
import { queryContext, readHint } from './query-options.js';

const FIELDS = [
  ...['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'hint', 'collation', 'let'],
  ...['fromMongos', 'needsMerge', 'isMapReduceCommand'],
];

/** The part of a pipeline that the planner takes over, and the stages that are left. */
export interface SplitPipeline {
  readonly planning: PlanRequest;
  readonly shaping: Shaping;
  readonly rest: readonly Document[];
}

export async function aggregate(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, FIELDS);
  if (typeof request.body.get('aggregate') !== 'string') {
    throw new MongoError(115, 'aggregations over a database are not supported by the embedded server');
  }
  const { namespace, collection } = target(request, server);
  const stages = readPipeline(args);
  const cursor = args.document('cursor');
  if (cursor === undefined)
    throw new MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const batchSize = Arguments.ofDocument(cursor, 'cursor', ['batchSize']).count('batchSize');
  const { planning, shaping, rest } = splitPipeline(stages, args, collection);
  const compiled = compileStages(rest, queryContext(args, collection));
  const source =
    collection === undefined
      ? [].values()
      : findResults(collection, choosePlan(collection, planning), shaping, { keys: 0, documents: 0 });
  return firstBatch(request, server, namespace, compiled(source), {
    batchSize: batchSize ?? DEFAULT_FIRST_BATCH,
    limit: Infinity,
    singleBatch: false,
    tailable: false,
    awaitData: false,
  });
}

/** The stages of a pipeline, each with one field. Throws 14 for what is no object, 40323 for more or fewer fields. */
export function readPipeline(args: Arguments): readonly Document[] {
  return args.required('pipeline', args.array('pipeline')).map((stage) => {
    if (!(stage instanceof Document))
      throw new MongoError(14, `Each element of the 'pipeline' array must be an object, not ${typeName(stage)}`);
    if (stage.size !== 1)
      throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
    return stage;
  });
}

/** Takes a leading `$match`, `$sort` and `$limit` out of a pipeline, so that indexes serve them. */
export function splitPipeline(
  stages: readonly Document[],
  args: Arguments,
  collection: Collection | undefined,
): SplitPipeline {
  const context = queryContext(args, collection);
  const hint = readHint(args.raw('hint'), collection);
  const filters: MatchExpression[] = [];
  let at = 0;
  for (; stages[at]?.get('$match') instanceof Document; at++) {
    const filter = stages[at]?.get('$match');
    if (filter instanceof Document) filters.push(parseFilter(filter, context));
  }
  const sortSpecification = stages[at]?.get('$sort');
  const sort =
    sortSpecification instanceof Document && sortSpecification.size > 0 ? parseSort(sortSpecification) : undefined;
  if (sort !== undefined) at++;
  const limitStage = Arguments.ofDocument(stages[at] ?? new Document(), 'stage', [...(stages[at]?.keys() ?? [])]);
  const limit = stages[at]?.has('$limit') === true ? limitStage.count('$limit') : undefined;
  if (limit === 0) throw new MongoError(15958, 'the limit must be positive');
  if (limit !== undefined) at++;
  const [only] = filters;
  const filter: MatchExpression =
    only !== undefined && filters.length === 1 ? only : { kind: 'and', children: filters };
  return {
    planning: { filter, sort, limit, hint, collated: context.collation !== undefined },
    shaping: {
      sort,
      strings: context.collation?.compare,
      skip: 0,
      limit: limit ?? Infinity,
      projection: undefined,
      allowDiskUse: args.boolean('allowDiskUse') ?? false,
    },
    rest: stages.slice(at),
  };
}
