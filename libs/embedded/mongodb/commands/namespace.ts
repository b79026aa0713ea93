import { MongoError, typeName } from '../values/index.js';
import type { Request } from './command.js';

const INVALID_NAMESPACE = 73;
const MAX_NAMESPACE_BYTES = 255;
const MAX_DATABASE_BYTES = 63;

/** Throws 73 for a database name that MongoDB does not take. */
export function checkDatabaseName(name: string): void {
  if (name === '' || Buffer.byteLength(name) > MAX_DATABASE_BYTES || /[/\\. "$\0]/.test(name)) {
    throw new MongoError(INVALID_NAMESPACE, `Invalid database name: '${name}'`);
  }
}

/** The collection that a command names in its first field. Throws 2 for a wrong type, 73 for a bad name. */
export function collectionName(request: Request): string {
  const name = request.body.get(request.name);
  if (typeof name !== 'string') {
    throw new MongoError(2, `collection name has invalid type ${typeName(name)}, expected string`);
  }
  checkCollectionName(request.database, name);
  return name;
}

/** Throws 73 for a collection name that MongoDB does not take, system collections included. */
export function checkCollectionName(database: string, name: string): void {
  const namespace = `${database}.${name}`;
  const bad =
    name === '' ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    name.includes('$') ||
    name.includes('\0') ||
    name.startsWith('system.') ||
    Buffer.byteLength(namespace) > MAX_NAMESPACE_BYTES;
  if (bad) throw new MongoError(INVALID_NAMESPACE, `Invalid namespace specified '${namespace}'`);
}
