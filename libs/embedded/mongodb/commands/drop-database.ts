import { Document } from '../values/index.js';
import { Arguments } from './arguments.js';
import type { Request, Server } from './command.js';

export function dropDatabase(request: Request, server: Server): Document {
  Arguments.of(request, []);
  const existed = server.storage.find(request.database) !== undefined;
  server.storage.drop(request.database);
  return existed ? new Document([['dropped', request.database]]) : new Document();
}
