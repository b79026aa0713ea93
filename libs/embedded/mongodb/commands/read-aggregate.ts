import { parsePipeline } from '../aggregation/index.js';
import type { Pipeline, StageContext } from '../aggregation/index.js';
import { Document, MongoError } from '../values/index.js';
import type { Arguments } from './arguments.js';
import type { ReadTarget } from './collections.js';
import type { Request, Server } from './command.js';
import { pipelineSources } from './pipeline-sources.js';
import { queryContext, readHint } from './query-options.js';

/** The pipeline of an aggregate command, and what it is run with. */
export function readAggregate(
  request: Request,
  server: Server,
  args: Arguments,
  { collection, view }: Pick<ReadTarget, 'collection' | 'view'>,
): { pipeline: Pipeline; context: StageContext } {
  const stages = args.required('pipeline', args.array('pipeline'));
  for (const stage of stages) {
    if (!(stage instanceof Document))
      throw new MongoError(14, "Each element of the 'pipeline' array must be an object");
  }
  const context: StageContext = {
    query: queryContext(args, collection ?? view),
    sources: pipelineSources(request, server, collection, readHint(args.raw('hint'), collection)),
    allowDiskUse: args.boolean('allowDiskUse') ?? false,
    compile: parsePipeline,
  };
  return { pipeline: parsePipeline(stages, context), context };
}
