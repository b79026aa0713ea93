import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routeAccess } from './auth/route-access.js';
import type { Description } from './testing/answer-check.js';
import { startTestApi, token } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => {
  await api.close();
});

const guarded = routeAccess.filter(({ access }) => typeof access !== 'string');
const real = (path: string): string => path.replace(/:\w+/g, 'none');

describe('the routes', () => {
  it.each(routeAccess.filter(({ access }) => typeof access === 'string'))(
    'that ask for no token are served: $method $path',
    async ({ method, path }) => {
      expect([404, 405]).not.toContain((await api.call(`${method} ${real(path)}`)).status);
    },
  );

  it('are those of the description, but for operations, the provider’s webhook and the description itself', async () => {
    const { body } = await api.call('GET /openapi.json');
    const described = Object.entries(body['paths'] as Record<string, object>)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
      .map((name) => name.replace(/\{(\w+)\}/g, ':$1'));
    expect(described.toSorted()).toEqual(guarded.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it('are described with what they answer, and with the problem document; those that stream have no JSON', async () => {
    const { body } = await api.call('GET /openapi.json');
    const { paths } = body as unknown as Description;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({ name: `${method} ${path}`, responses })),
    );
    const silent = operations.filter(({ responses }) => {
      const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
      return success?.content?.['application/json']?.schema === undefined;
    });
    expect(silent.map(({ name }) => name).toSorted()).toEqual([
      'get /v1/events',
      'get /v1/live/conversations/{conversationId}',
      'get /v1/live/queue',
    ]);
    const schema = { $ref: '#/components/schemas/Problem' };
    const withoutProblem = operations.filter(
      ({ responses }) => !isDeepStrictEqual(responses['default']?.content, { 'application/problem+json': { schema } }),
    );
    expect(withoutProblem).toEqual([]);
  });

  it('answer 405 with what they take to any other method, and 404 where none is', async () => {
    const wrong = await api.call('PUT /v1/channels');
    expect(wrong).toMatchObject({
      status: 405,
      body: { type: '/problems/method-not-allowed', instance: '/v1/channels' },
    });
    expect(wrong.headers.get('allow')).toBe('POST, GET, HEAD');
    expect(await api.call('GET /v1/nothing')).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
    expect(await api.call('GET /%ff')).toMatchObject({ status: 400, body: { type: '/problems/bad-request' } });
  });
});

describe('what a route does not know (S2)', () => {
  async function misfits(route: (typeof guarded)[number], sent: string, json?: object): Promise<readonly string[]> {
    const { method, path, access } = route;
    const bearer = await token(access.includes('admin') ? 'admin' : 'service');
    const answer = await api.call(`${method} ${real(path)}${sent}`, { token: bearer, ...(json && { json }) });
    const { errors = [] } = answer.body as { errors?: readonly { readonly pointer: string }[] };
    return errors.map(({ pointer }) => `${answer.status} ${pointer}`);
  }

  it.each(guarded)('is refused in its query: $method $path', async (route) => {
    expect(await misfits(route, '?unheardOf=1')).toContain('400 ?unheardOf');
  });

  it.each(guarded.filter(({ method }) => !['GET', 'DELETE'].includes(method)))(
    'is refused in its body, also where it takes none: $method $path',
    async (route) => {
      expect(await misfits(route, '', { unheardOf: 1 })).toContain('400 /unheardOf');
    },
  );

  it('does not keep it from an empty body where it takes none', async () => {
    const sent = { token: await token('agent'), json: {} };
    expect((await api.call('POST /v1/presence/heartbeat', sent)).status).toBe(200);
    const text = { ...sent, json: 'online' };
    expect(await api.call('POST /v1/presence/heartbeat', text)).toMatchObject({
      status: 400,
      body: { type: '/problems/validation', errors: [{ pointer: '', detail: 'this call takes no body' }] },
    });
  });
});

describe.each(guarded.map(({ method, path }) => ({ route: `${method} ${path}`, path, method })))(
  '$route (S1)',
  ({ method, path }) => {
    it('asks for a token', async () => {
      const none = await api.call(`${method} ${real(path)}`);
      expect(none).toMatchObject({ status: 401, body: { type: '/problems/unauthenticated' } });
      expect(none.headers.get('www-authenticate')).toBe('Bearer');
    });
  },
);
