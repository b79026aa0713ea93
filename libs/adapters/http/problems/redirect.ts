import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from './problem.js';
import { pathOf } from './send-problem.js';

/**
 * CON-5: what is asked of a merged contact is asked of its primary: 301 for reading, else 308, which keeps method and
 * body. Never cached, because the merge can be undone. `undefined`: the contact's id is not in the address.
 */
export function redirectFor(
  problem: Problem,
  request: FastifyRequest,
): { status: number; location: string } | undefined {
  const { contactId, primaryId } = problem.members;
  if (problem.code !== 'contact-merged' || typeof contactId !== 'string' || typeof primaryId !== 'string')
    return undefined;
  const prefix = `/v1/contacts/${contactId}`;
  const path = pathOf(request);
  if (path !== prefix && !path.startsWith(`${prefix}/`)) return undefined;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return { status: isRead ? 301 : 308, location: `/v1/contacts/${primaryId}${request.url.slice(prefix.length)}` };
}

export function sendRedirect(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
  { status, location }: { readonly status: number; readonly location: string },
): void {
  void reply
    .status(status)
    .headers({ location, 'cache-control': 'no-store' })
    .type('application/problem+json')
    .send(JSON.stringify({ ...problem.document(pathOf(request)), status }));
}
