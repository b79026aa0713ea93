import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accessOf, routeAccess } from './auth/route-access.js';
import { startTestApi, token } from './testing/test-api.js';
import type { Sent, TestApi } from './testing/test-api.js';

// `FUZZ_REQUESTS=1000000` for a long run; `FUZZ_SEED` plays one again.
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 5_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);

let api: TestApi;
let tokens: Readonly<Record<string, string>>;
let ids: readonly string[];
beforeAll(async () => {
  api = await startTestApi();
  const roles = ['admin', 'agent', 'service', 'auditor'] as const;
  tokens = Object.fromEntries(await Promise.all(roles.map(async (role) => [role, await token(role)] as const)));
  const admin = { token: tokens['admin'] ?? '' };
  const { body } = await api.call('POST /v1/channels', { ...admin, json: { medium: 'custom', name: 'Shop' } });
  const channelId = String(body['channelId']);
  const json = { externalMessageId: 'm', from: { externalUserId: 'u' }, text: 'Hello' };
  const came = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: tokens['service'] ?? '', json });
  ids = [
    channelId,
    String(came.body['contactId']),
    String(came.body['conversationId']),
    'vip',
    'none',
    '$ne',
    '%00',
    '%F0%9F%98%80',
    '..%2f',
    'a'.repeat(300),
  ];
});
afterAll(async () => {
  await api.close();
});

const fields = [
  'medium', 'name', 'settings', 'appSecret', 'idScope', 'enabled', 'type', 'externalMessageId', 'from', 'externalUserId',
  'displayName', 'profile', 'text', 'sentAt', 'contactId', 'channelId', 'identities', 'attributes', 'alias', 'value',
  'label', 'format', 'options', 'optionId', 'hint', 'reason', 'note', 'category', 'summary', 'userId', 'teamId', 'channelIds',
  'answers', '__proto__', 'constructor', '$where',
]; // prettier-ignore

const nasty = fc.constantFrom<unknown>(
  null, true, 0, -1, 1e308, 2 ** 53, '', ' ', '\0', '\ud800', '\u202e', '😀'.repeat(3_000), 'x'.repeat(100_000),
  '2026-02-30T00:00:00Z', '9999-99-99T99:99:99Z', 'custom', 'whatsapp', 'text', 'dropdown', 'message', 'welcome',
  {}, [], { $ne: null }, { $gt: '' }, [{ $ne: null }], ['x'], { toString: 1 }, { a: { b: { c: {} } } },
); // prettier-ignore

const json = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  object: fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 8 }),
  value: fc.oneof(
    { depthSize: 'small' },
    nasty,
    fc.string({ unit: 'binary' }),
    fc.jsonValue(),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
}));

/** What is no JSON, or JSON that no parser of values makes. */
const raw = fc.constantFrom(
  '{',
  '[',
  '{"a":1e999}',
  '{"__proto__":{"a":1}}',
  '"\\ud800"',
  'null',
  '[]',
  '1',
  '\uFEFF{}',
  `${'['.repeat(40)}${']'.repeat(40)}`,
);

const header = fc.constantFrom<Readonly<Record<string, string>>>(
  {}, { 'if-match': '"0"' }, { 'if-match': 'x' }, { 'idempotency-key': 'k' }, { 'ledger-position': 'eA' },
  { 'content-type': 'text/plain' }, { 'content-type': 'application/json; charset=latin1' }, { authorization: 'Bearer x' },
); // prettier-ignore

const query = fc.constantFrom(
  '',
  '?limit=1',
  '?limit=-1',
  '?limit[$gt]=1',
  '?cursor=W10',
  '?cursor=%00',
  '?status=new&status=new',
  '?__proto__=1',
  '?%ff',
);

const attempt = fc.record({
  route: fc.constantFrom(...routeAccess),
  path: fc.array(fc.nat(9), { minLength: 2, maxLength: 2 }),
  role: fc.constantFrom('admin', 'admin', 'agent', 'service', 'auditor'),
  body: fc.oneof(
    json.object.map((value) => JSON.stringify(value)),
    raw,
  ),
  header,
  query,
});

describe('malformed input (S2)', () => {
  it('never ends in an error of ours, whatever comes to whatever route', async () => {
    await fc.assert(
      fc.asyncProperty(
        attempt,
        async ({ route: { method, path: pattern }, path, role, body, header: headers, query: asked }) => {
          let parameter = 0;
          const path_ = pattern.replace(/:\w+/g, () => ids[path[parameter++] ?? 0] ?? 'none');
          const sent: Sent = { token: tokens[role] ?? '', headers, ...(method === 'GET' ? {} : { raw: body }) };
          const { status, body: answer, headers: answered } = await api.call(`${method} ${path_}${asked}`, sent);
          expect(status).toBeLessThan(500);
          if (status >= 400) {
            expect(answered.get('content-type')).toBe('application/problem+json; charset=utf-8');
            expect(answer).toMatchObject({ status, type: expect.stringMatching(/^\/problems\/[a-z-]+$/) });
          }
        },
      ),
      { numRuns: requests, seed, endOnFailure: requests > 10_000 },
    );
  }, 3_600_000);

  it('in the form of {"$ne": null} is refused in every field, by every route that takes a body', async () => {
    const { body } = await api.call('GET /openapi.json');
    const routes = Object.entries(body['paths'] as Record<string, Record<string, object>>).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => 'requestBody' in operation)
        .map(([method]) => ({
          route: `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, 'none')}`,
          access: accessOf(method.toUpperCase(), path.replace(/\{(\w+)\}/g, ':$1')),
        })),
    );
    expect(routes).not.toEqual([]);
    for (const { route, access } of routes) {
      const bearer = tokens[access?.includes('admin') ? 'admin' : 'service'] ?? '';
      for (const name of fields) {
        const answer = await api.call(route, { token: bearer, raw: `{${JSON.stringify(name)}:{"$ne":null}}` });
        expect({ route, name, status: answer.status }).toEqual({ route, name, status: 400 });
      }
    }
  });
});
