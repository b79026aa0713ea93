import { Document, int32 } from '../values/index.js';
import { Arguments } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';
import { WriteRun } from './write-run.js';

/** Dropping what is not there is no error. */
export async function drop(request: Request, server: Server): Promise<Document> {
  Arguments.of(request, []);
  const { namespace, database, collection } = target(request, server);
  if (database === undefined || collection === undefined) return new Document();
  const run = new WriteRun(request, database);
  run.change(() => {
    database.dropCollection(collection);
  });
  await run.settled();
  return new Document([
    ['nIndexesWas', int32(collection.indexes.length + 1)],
    ['ns', namespace],
  ]);
}
