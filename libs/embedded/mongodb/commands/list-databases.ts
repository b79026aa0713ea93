import { matches, parseFilter } from '../matching/index.js';
import { plainContext } from '../storage/plain-context.js';
import { Document, MongoError } from '../values/index.js';
import { Arguments } from './arguments.js';
import type { Request, Server } from './command.js';
import { bytesOnDisk } from './statistics.js';

export function listDatabases(request: Request, server: Server): Document {
  const args = Arguments.of(request, ['filter', 'nameOnly', 'authorizedDatabases']);
  if (request.database !== 'admin')
    throw new MongoError(13, 'listDatabases may only be run against the admin database.');
  const filter = args.document('filter');
  const expression = filter && parseFilter(filter, plainContext());
  const nameOnly = args.boolean('nameOnly') ?? false;
  const databases: Document[] = [];
  let total = 0;
  for (const name of server.storage.names()) {
    const database = server.storage.find(name);
    if (database === undefined || database.collections.size + database.views.size === 0) continue;
    const size = bytesOnDisk(database);
    const entry = new Document([
      ['name', name],
      ['sizeOnDisk', BigInt(size)],
      ['empty', false],
    ]);
    if (expression !== undefined && !matches(expression, entry)) continue;
    total += size;
    databases.push(nameOnly ? new Document([['name', name]]) : entry);
  }
  const reply = new Document([['databases', databases]]);
  return nameOnly
    ? reply
    : reply.set('totalSize', BigInt(total)).set('totalSizeMb', BigInt(Math.floor(total / 1048576)));
}
