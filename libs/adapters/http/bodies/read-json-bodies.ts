import type { FastifyInstance } from 'fastify';
import { accessOf } from '../auth/route-access.js';
import { parseJsonBody } from './json-body.js';

/**
 * Bodies are JSON and nothing else. Of a signed route the bytes stay as they came: the signature covers them, and what
 * it does not cover must not be parsed.
 */
export function readJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (accessOf(request.method, request.routeOptions.url ?? '') === 'signed') {
      done(null, bytes);
      return;
    }
    try {
      done(null, parseJsonBody(bytes));
    } catch (problem) {
      done(problem as Error);
    }
  });
}
