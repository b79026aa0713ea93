import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';
import type { RequestError } from '../problems/problem.js';
import { jsonPointer } from './json-body.js';

/** What a route reads besides its path. */
interface Described {
  readonly query: boolean;
  readonly body: boolean;
}

/**
 * Where a route takes no query or no body, what is sent as one is refused like an unknown field of those that do: a
 * misspelt or misplaced one must not be lost in silence. Routes that are not described are of others' making: probes and
 * providers send what they like. The body of a DELETE that takes none says nothing (RFC 9110), so it is not looked at.
 */
export function refuseUndescribed(server: FastifyInstance, { paths }: OpenAPIObject): void {
  const routes = describedIn(paths);
  server.addHook('preValidation', (request, _reply, done) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const described = routes.get(`${method} ${request.routeOptions.url ?? ''}`);
    const errors = described === undefined ? [] : strayIn(request, described);
    done(errors.length === 0 ? undefined : new Problem('validation', { errors }));
  });
}

function describedIn(paths: OpenAPIObject['paths']): ReadonlyMap<string, Described> {
  const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
  const routes = new Map<string, Described>();
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const query = (operation.parameters ?? []).some((parameter) => 'in' in parameter && parameter.in === 'query');
      const body = operation.requestBody !== undefined || method === 'delete';
      routes.set(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`, { query, body });
    }
  }
  return routes;
}

function strayIn({ query, body }: FastifyRequest, takes: Described): readonly RequestError[] {
  const stray = (name: string, pointer: string) => ({ pointer, detail: `property ${name} should not exist` });
  const inQuery = takes.query ? [] : Object.keys(query as object).map((name) => stray(name, `?${name}`));
  if (takes.body || body === undefined || body === null) return inQuery;
  if (typeof body !== 'object') return [...inQuery, { pointer: '', detail: 'this call takes no body' }];
  return [...inQuery, ...Object.keys(body).map((name) => stray(name, jsonPointer([name])))];
}
