import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { collect } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, Sent, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let auditor: string;
let contactId: string;

beforeAll(async () => {
  api = await startTestApi();
  [admin, auditor] = await Promise.all([token('admin'), token('auditor')]);
  const made = await api.call('POST /v1/contacts', { token: admin, json: { name: 'Amina Okafor' } });
  contactId = made.body['contactId'] as string;
  const headers = { 'ledger-position': made.body['position'] as string };
  await api.call(`GET /v1/contacts/${contactId}`, { token: admin, headers });
});
afterAll(async () => {
  await api.close();
});

const get = (path: string, sent: Sent = {}): Promise<Answer> => api.call(`GET ${path}`, { token: auditor, ...sent });

/** The log once it shows so many entries: it is written beside the answers. */
async function logWith(entries: number, query: string): Promise<object[]> {
  for (;;) {
    const { status, body } = await get(`/v1/access-log?${query}`);
    expect(status).toBe(200);
    const items = body['items'] as object[];
    if (items.length >= entries) return items;
  }
}

describe('the access log', () => {
  it('HIS-8: has who read a contact, what of it, and why', async () => {
    const headers = { 'access-reason': 'She called' };
    await api.call(`GET /v1/contacts/${contactId}/timeline`, { token: admin, headers });
    const items = await logWith(2, `contact=${contactId}`);
    expect(items).toContainEqual({
      at: '2026-03-02T09:00:00.000Z',
      user: { userId: 'admin', role: 'admin' },
      what: 'timeline',
      contactId,
      reason: 'She called',
      times: 1,
    });
    expect((await get(`/v1/access-log?contact=${contactId}&user=nobody`)).body).toStrictEqual({ items: [] });
  });

  it('HIS-8: does not have what was not shown', async () => {
    await get(`/v1/contacts/${contactId}/timeline`, { token: await token('agent', 'stranger') });
    await get(`/v1/contacts/none/timeline`);
    await get(`/v1/contacts/${contactId}/timeline`);
    await logWith(1, 'user=auditor');
    expect((await get('/v1/access-log?user=stranger')).body).toStrictEqual({ items: [] });
  });

  it('HIS-3: a replay reveals personal fields only for a reason, and the log has both', async () => {
    const reveal = `/v1/events?stream=contact-${contactId}&types=ContactRenamed&reveal=true`;
    const refused = await get(reveal);
    expect({ status: refused.status, errors: refused.body['errors'] }).toStrictEqual({
      status: 400,
      errors: [{ pointer: '?reason', detail: 'is needed to see personal data' }],
    });
    const { body } = await get(`${reveal}&reason=Complaint%2017`);
    expect(JSON.parse(body['text'] as string)).toMatchObject({ data: { name: 'Amina Okafor' } });
    const items = await logWith(2, 'user=auditor');
    expect(items).toContainEqual({
      at: '2026-03-02T09:00:00.000Z',
      user: { userId: 'auditor', role: 'auditor' },
      what: 'replay',
      stream: `contact-${contactId}`,
      types: ['ContactRenamed'],
      reason: 'Complaint 17',
      times: 1,
    });
  });

  it('refuses a reason that is none', async () => {
    const headers = { 'access-reason': 'x'.repeat(501) };
    const answer = await get(`/v1/contacts/${contactId}/timeline`, { headers });
    expect(answer).toMatchObject({ status: 400, body: { type: '/problems/validation' } });
  });

  it('HIS-8: loses nothing when the process ends', async () => {
    const other = await startTestApi();
    const made = await other.call('POST /v1/contacts', { token: admin, json: { name: 'Bo' } });
    const headers = { 'ledger-position': made.body['position'] as string };
    await other.call(`GET /v1/contacts/${made.body['contactId'] as string}`, { token: admin, headers });
    await other.close();
    const entries = await collect(other.store.readStream('reads-2026-03-02'));
    expect(entries.map(({ type }) => type)).toStrictEqual(['ContactRead']);
  });
});
