import type { Collection } from '../storage/collection.js';
import type { Database } from '../storage/database.js';
import { Document } from '../values/index.js';
import { collectionName } from './namespace.js';
import type { Request, Server } from './command.js';

/** A collection that need not be there; the full name is what replies and messages call it. */
export interface Target {
  readonly namespace: string;
  readonly database: Database | undefined;
  readonly collection: Collection | undefined;
}

/** The collection that a command names. Throws 73 for a bad name, 8 when the database's file is damaged. */
export function target(request: Request, server: Server): Target {
  const name = collectionName(request);
  const database = server.storage.find(request.database);
  return { namespace: `${request.database}.${name}`, database, collection: database?.collections.get(name) };
}

/** The collection, made when it is not there; to be called inside a change. */
export function collectionToWrite(database: Database, name: string): Collection {
  return database.collections.get(name) ?? database.createCollection(name, new Document());
}
