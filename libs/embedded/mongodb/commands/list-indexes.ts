import { MongoError } from '../values/index.js';
import type { Document } from '../values/index.js';
import { Arguments } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';
import { DEFAULT_FIRST_BATCH, firstBatch } from './cursor-reply.js';

export async function listIndexes(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['cursor', 'includeIndexBuildInfo']);
  const { namespace, collection } = target(request, server);
  if (collection === undefined) throw new MongoError(26, `ns does not exist: ${namespace}`);
  const entries = [collection.idIndex, ...collection.indexes].map(({ spec }) => spec.document);
  const cursor = args.document('cursor');
  const batchSize =
    cursor === undefined ? undefined : Arguments.ofDocument(cursor, 'cursor', ['batchSize']).count('batchSize');
  return firstBatch(request, server, namespace, entries.values(), {
    batchSize: batchSize ?? DEFAULT_FIRST_BATCH,
    limit: Infinity,
    singleBatch: false,
  });
}
