import { Document, MongoError } from '../values/index.js';
import { Arguments } from './arguments.js';
import type { Request, Server } from './command.js';

/** `configureFailPoint`: makes commands fail on purpose, for the tests of drivers (docs/adr/0015). */
export function configureFailPoint(request: Request, server: Server): Document {
  Arguments.of(request, ['mode', 'data']);
  if (request.database !== 'admin')
    throw new MongoError(13, 'configureFailPoint may only be run against the admin database.');
  server.failPoints.configure(request.body);
  return new Document();
}
