import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#event-sourcing';
import { routeAccess } from './auth/route-access.js';
import { createLedgerPositions } from './conventions/ledger-position.js';
import { startTestApi, token } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

/** What shows no model and no configuration, or goes on showing what changes, and so waits for none. */
const neverWaits = new Set([
  '/v1/live/queue',
  '/v1/live/conversations/:conversationId',
  '/v1/events',
  '/v1/rebuilds',
  '/v1/audit/deleted-contacts/verify',
  '/v1/audit/deleted-contacts/head',
  '/v1/erasures/:erasureId/certificate',
]);

const queries = routeAccess.filter(
  ({ method, path, access }) => method === 'GET' && typeof access !== 'string' && !neverWaits.has(path),
);
/** Ids have the shape of ours, and what is needed is asked, so that nothing is refused before it is looked for. */
const asked: Readonly<Record<string, string>> = {
  '/v1/search': '?q=x',
  '/v1/business-hours/time': '?from=2026-03-02T09:00:00Z&to=2026-03-02T10:00:00Z',
  '/v1/contacts/:contactId/merge/preview': '?with=other',
};
const real = (path: string): string =>
  path.replace(':conversationId', 'none.1').replace(/:\w+/g, 'none') + (asked[path] ?? '');

let api: TestApi;
let headers: Readonly<Record<string, string>>;

beforeAll(async () => {
  const away = () => Promise.reject(new StoreUnavailable('documents', 'not there yet'));
  api = await startTestApi({ models: (models) => ({ ...models, waitFor: away }) });
  headers = { 'ledger-position': createLedgerPositions('test-store').format(2 ** 50) };
});
afterAll(async () => {
  await api.close();
});

/** What it was answered with, when it was not the wait that ended. */
async function notWaited({ path, access }: (typeof queries)[number]): Promise<string[]> {
  const role = typeof access === 'string' ? undefined : access[0];
  const bearer = await token(role ?? 'admin');
  const { status, body, headers: answered } = await api.call(`GET ${real(path)}`, { token: bearer, headers });
  const waited =
    status === 503 && body['type'] === '/problems/store-unavailable' && answered.get('retry-after') === '1';
  return waited ? [] : [`${path} ${status} ${String(body['type'])}`];
}

it('HIS-5: every query that is sent with a position waits for it, and answers 503 with Retry-After when it does not come', async () => {
  expect(queries.length).toBeGreaterThan(10);
  expect((await Promise.all(queries.map(notWaited))).flat()).toStrictEqual([]);
});
