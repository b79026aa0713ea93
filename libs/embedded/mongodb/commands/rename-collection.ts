import { Document, MongoError } from '../values/index.js';
import { Arguments } from './arguments.js';
import { collectionNamed } from './collections.js';
import type { Request, Server } from './command.js';
import { checkCollectionName, checkDatabaseName } from './namespace.js';
import { WriteRun } from './write-run.js';

export async function renameCollection(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['to', 'dropTarget']);
  if (request.database !== 'admin')
    throw new MongoError(13, 'renameCollection may only be run against the admin database.');
  const from = splitNamespace(args.required('renameCollection', args.string('renameCollection')));
  const to = splitNamespace(args.required('to', args.string('to')));
  const dropTarget = args.boolean('dropTarget') ?? false;
  if (from.database !== to.database) {
    throw new MongoError(115, 'renameCollection across databases is not supported by the embedded server');
  }
  const database = server.storage.find(from.database);
  const collection = database && collectionNamed(database, from.name);
  if (database === undefined || collection === undefined) {
    throw new MongoError(26, `Source collection ${from.database}.${from.name} does not exist`);
  }
  if (from.name === to.name) throw new MongoError(20, "Can't rename a collection to itself");
  const existing = database.collections.get(to.name);
  if (database.views.has(to.name) || (existing !== undefined && !dropTarget))
    throw new MongoError(48, 'target namespace exists');
  const run = new WriteRun(request, database);
  run.change(() => {
    if (existing !== undefined) database.dropCollection(existing);
    database.renameCollection(collection, to.name);
  });
  await run.settled();
  return new Document();
}

function splitNamespace(namespace: string): { database: string; name: string } {
  const dot = namespace.indexOf('.');
  if (dot < 0) throw new MongoError(73, `Invalid namespace specified '${namespace}'`);
  const database = namespace.slice(0, dot);
  const name = namespace.slice(dot + 1);
  checkDatabaseName(database);
  checkCollectionName(database, name);
  return { database, name };
}
