import { Document, int32 } from '../values/index.js';
import { Arguments } from './arguments.js';
import { readTarget } from './collections.js';
import type { Request, Server } from './command.js';
import { collectionName } from './namespace.js';
import { WriteRun } from './write-run.js';

/** Dropping what is not there is no error. */
export async function drop(request: Request, server: Server): Promise<Document> {
  Arguments.of(request, []);
  const { namespace, database, collection, view } = readTarget(request, server);
  if (database === undefined || (collection === undefined && view === undefined)) return new Document();
  const run = new WriteRun(request, database);
  run.change(() => {
    if (collection === undefined) database.dropView(collectionName(request));
    else database.dropCollection(collection);
  });
  await run.settled();
  const reply = new Document();
  if (collection !== undefined) reply.set('nIndexesWas', int32(collection.indexes.length + 1));
  return reply.set('ns', namespace);
}
