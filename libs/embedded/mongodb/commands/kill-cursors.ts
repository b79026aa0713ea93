import { Document, MongoError, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import type { Request, Server } from './command.js';
import { collectionName } from './namespace.js';

export function killCursors(request: Request, server: Server): Document {
  const args = Arguments.of(request, ['cursors']);
  collectionName(request);
  const killed: Value[] = [];
  const notFound: Value[] = [];
  for (const id of args.required('cursors', args.array('cursors'))) {
    if (typeof id !== 'bigint') {
      throw new MongoError(14, `BSON field 'killCursors.cursors' holds '${typeName(id)}', expected type 'long'`);
    }
    (server.cursors.close(id) ? killed : notFound).push(id);
  }
  return new Document([
    ['cursorsKilled', killed],
    ['cursorsNotFound', notFound],
    ['cursorsAlive', []],
    ['cursorsUnknown', []],
  ]);
}
