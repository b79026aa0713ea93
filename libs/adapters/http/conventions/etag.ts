import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';

/** The revision of a stream as an entity tag. */
export const etagOf = (revision: number): string => `"${revision}"`;

/** The revision that `If-Match` asks for; `undefined` without the header, or when it takes any (`*`). */
export function ifMatch({ headers }: FastifyRequest): number | undefined {
  const asked = headers['if-match'];
  if (asked === undefined || asked === '*') return undefined;
  const revision = Number(/^"(\d{1,15})"$/.exec(asked)?.[1]);
  if (!Number.isSafeInteger(revision)) {
    throw new Problem('validation', {
      errors: [{ pointer: 'If-Match', detail: 'has to be one entity tag as an answer carried it, or *' }],
    });
  }
  return revision;
}
