import { parsePipeline, runPipeline } from '../aggregation/index.js';
import type { Pipeline, StageContext } from '../aggregation/index.js';
import type { Collection } from '../storage/collection.js';
import { Document, MongoError, typeName } from '../values/index.js';
import { writeOutput } from './aggregate-output.js';
import { Arguments } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';
import { cursorReply, DEFAULT_FIRST_BATCH, firstBatch } from './cursor-reply.js';
import { pipelineSources } from './pipeline-sources.js';
import { queryContext, readHint } from './query-options.js';

const FIELDS = [
  ...['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'hint', 'collation', 'let'],
  ...['fromMongos', 'needsMerge', 'isMapReduceCommand'],
];

export async function aggregate(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, FIELDS);
  const { name, namespace, collection } = aggregated(request, server);
  const cursor = args.document('cursor');
  if (cursor === undefined) {
    throw new MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const batchSize = Arguments.ofDocument(cursor, 'cursor', ['batchSize']).count('batchSize');
  const { pipeline, context } = readAggregate(request, server, args, collection);
  if (name === undefined && pipeline.source === undefined) {
    throw new MongoError(73, '{aggregate: 1} is not valid for a pipeline that reads a collection');
  }
  const results = runPipeline(pipeline, name ?? '', context.sources);
  if (pipeline.output !== undefined) {
    await writeOutput(request, server, results, pipeline.output, context);
    return cursorReply(namespace, 0n, 'firstBatch', []);
  }
  return firstBatch(request, server, namespace, results[Symbol.iterator](), {
    batchSize: batchSize ?? DEFAULT_FIRST_BATCH,
    limit: Infinity,
    singleBatch: false,
    tailable: false,
    awaitData: false,
  });
}

/** `aggregate: 1` is about no collection: its first stage makes the documents. */
function aggregated(
  request: Request,
  server: Server,
): { name: string | undefined; namespace: string; collection: Collection | undefined } {
  const named = request.body.get('aggregate');
  if (typeof named === 'string') return { name: named, ...target(request, server) };
  if (typeName(named) !== 'int' && typeName(named) !== 'double' && typeName(named) !== 'long') target(request, server);
  return { name: undefined, namespace: `${request.database}.$cmd.aggregate`, collection: undefined };
}

/** The pipeline of an aggregate command, and what it is run with. */
export function readAggregate(
  request: Request,
  server: Server,
  args: Arguments,
  collection: Collection | undefined,
): { pipeline: Pipeline; context: StageContext } {
  const stages = args.required('pipeline', args.array('pipeline'));
  for (const stage of stages) {
    if (!(stage instanceof Document))
      throw new MongoError(14, "Each element of the 'pipeline' array must be an object");
  }
  const context: StageContext = {
    query: queryContext(args, collection),
    sources: pipelineSources(request, server, collection, readHint(args.raw('hint'), collection)),
    allowDiskUse: args.boolean('allowDiskUse') ?? false,
    compile: parsePipeline,
  };
  return { pipeline: parsePipeline(stages, context), context };
}
