import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.js';

const idShape = /^[\x21-\x7e]{1,200}$/;

/** No id looks otherwise, so nothing can be there; and no control character reaches the name of a stream. */
export function checkPathParameters(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    const values = Object.values(request.params as Record<string, string>);
    done(values.every((value) => idShape.test(value)) ? undefined : new Problem('not-found'));
  });
}
