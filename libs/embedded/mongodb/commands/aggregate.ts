import { runPipeline } from '../aggregation/index.js';
import { Document, MongoError, typeName } from '../values/index.js';
import { writeOutput } from './aggregate-output.js';
import { Arguments } from './arguments.js';
import { readTarget } from './collections.js';
import type { ReadTarget } from './collections.js';
import type { Request, Server } from './command.js';
import { cursorReply, DEFAULT_FIRST_BATCH, firstBatch } from './cursor-reply.js';
import { explain } from './explain.js';
import { readAggregate } from './read-aggregate.js';

const FIELDS = [
  ...['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'hint', 'collation', 'let'],
  ...['fromMongos', 'needsMerge', 'isMapReduceCommand'],
];

export async function aggregate(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, FIELDS);
  const { name, namespace, collection, view } = aggregated(request, server);
  if (args.boolean('explain') === true) return explainItself(request, server);
  const cursor = args.document('cursor');
  if (cursor === undefined) {
    throw new MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const batchSize = Arguments.ofDocument(cursor, 'cursor', ['batchSize']).count('batchSize');
  const { pipeline, context } = readAggregate(request, server, args, { collection, view });
  if (name === undefined && pipeline.source === undefined) {
    throw new MongoError(73, '{aggregate: 1} is not valid for a pipeline that reads a collection');
  }
  const results = runPipeline(pipeline, name ?? '', context.sources);
  if (pipeline.output !== undefined) {
    await server.storage.whenWritable();
    await writeOutput(request, server, results, pipeline.output, context);
    return cursorReply(namespace, 0n, 'firstBatch', []);
  }
  return firstBatch(request, server, namespace, results[Symbol.iterator](), {
    batchSize: batchSize ?? DEFAULT_FIRST_BATCH,
    limit: Infinity,
    singleBatch: false,
  });
}

/** `aggregate: 1` is about no collection: its first stage makes the documents. */
function aggregated(
  request: Request,
  server: Server,
): Pick<ReadTarget, 'namespace' | 'collection' | 'view'> & { readonly name: string | undefined } {
  const named = request.body.get('aggregate');
  if (typeof named === 'string') return { name: named, ...readTarget(request, server) };
  if (typeName(named) !== 'int' && typeName(named) !== 'double' && typeName(named) !== 'long')
    readTarget(request, server);
  return { name: undefined, namespace: `${request.database}.$cmd.aggregate`, collection: undefined, view: undefined };
}

/** `explain: true` inside the command, as older clients ask: the same as the explain command around it. */
function explainItself(request: Request, server: Server): Promise<Document> {
  const inner = request.body.clone();
  inner.delete('explain');
  const body = new Document([
    ['explain', inner],
    ['verbosity', 'queryPlanner'],
  ]);
  return explain({ ...request, name: 'explain', body }, server);
}
