import { Document, MongoError } from '../values/index.js';
import { Arguments } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';

/**
 * `compact`: goes through the database's file, or rewrites it when most of it is free, and empties its log. Afterwards no
 * byte of anything deleted is left in the files; before, remnants may stand in the log and in the free space of pages.
 */
export async function compact(request: Request, server: Server): Promise<Document> {
  Arguments.of(request, ['force', 'freeSpaceTargetMB', 'dryRun']);
  const { namespace, database, collection } = target(request, server);
  if (database === undefined || collection === undefined) throw new MongoError(26, `ns does not exist: ${namespace}`);
  return new Document([['bytesFreed', BigInt(await database.file.compact())]]);
}
