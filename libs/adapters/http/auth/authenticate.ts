import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';
import type { Caller } from './caller.js';
import { accessOf } from './route-access.js';
import type { TokenVerifier } from './token-verifier.js';

/** Told of every caller that is let in. */
export type Meet = (caller: Caller, requestId: string) => Promise<void>;

/**
 * Checks token and role before anything else of a request is looked at, by the table in `route-access.ts`.
 */
export function guardRoutes(server: FastifyInstance, verify: TokenVerifier, meet: Meet): void {
  server.decorateRequest('caller', undefined);
  // A route that nobody thought about must not be open by accident.
  server.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) {
      if (accessOf(each, url) === undefined) throw new Error(`${each} ${url} is not in the table of route-access.ts`);
    }
  });
  server.addHook('onRequest', async (request) => {
    const path = request.routeOptions.url;
    if (path === undefined) return;
    const access = accessOf(request.method, path);
    if (access === 'public' || access === 'signed') return;
    const caller = await verify(bearerToken(request));
    if (!access?.includes(caller.role)) throw new Problem('forbidden');
    await meet(caller, request.id);
    request.caller = caller;
  });
}

function bearerToken({ headers }: FastifyRequest): string {
  const token = /^Bearer +([\w\-.~+/]+=*)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) {
    throw new Problem('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } });
  }
  return token;
}

/** The caller of a route that asks for a token. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === undefined) throw new Error(`${String(request.routeOptions.url)} is served without a caller`);
  return request.caller;
}
