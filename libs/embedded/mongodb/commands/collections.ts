import type { Collection } from '../storage/collection.js';
import type { Database } from '../storage/database.js';
import type { View } from '../storage/view.js';
import { Document, MongoError } from '../values/index.js';
import { collectionName } from './namespace.js';
import type { Request, Server } from './command.js';

/** A collection that need not be there; the full name is what replies and messages call it. */
export interface Target {
  readonly namespace: string;
  readonly database: Database | undefined;
  readonly collection: Collection | undefined;
}

/** The same where a view may stand in its place. */
export interface ReadTarget extends Target {
  readonly view: View | undefined;
}

/** The collection that a command names. Throws 73 for a bad name, 166 for a view, 8 when the database's file is damaged. */
export function target(request: Request, server: Server): Target {
  const found = readTarget(request, server);
  if (found.view !== undefined) throw isView(found.namespace);
  return found;
}

/** What a reading command names. Throws 73 and 8, as `target`. */
export function readTarget(request: Request, server: Server): ReadTarget {
  const name = collectionName(request);
  const database = server.storage.find(request.database);
  return {
    namespace: `${request.database}.${name}`,
    database,
    collection: database?.collections.get(name),
    view: database?.views.get(name),
  };
}

/** The collection of that name, if there is one. Throws 166 for a view. */
export function collectionNamed(database: Database, name: string): Collection | undefined {
  if (database.views.has(name)) throw isView(`${database.name}.${name}`);
  return database.collections.get(name);
}

/** The collection, made when it is not there; to be called inside a change. Throws 166 for a view. */
export function collectionToWrite(database: Database, name: string): Collection {
  return collectionNamed(database, name) ?? database.createCollection(name, new Document());
}

const isView = (namespace: string): MongoError =>
  new MongoError(166, `Namespace ${namespace} is a view, not a collection`);
