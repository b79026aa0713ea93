import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;

beforeAll(async () => {
  api = await startTestApi();
  admin = await token('admin');
});
afterAll(async () => {
  await api.close();
});

async function rebuilt(model: string): Promise<void> {
  await api.call('POST /v1/rebuilds', { token: admin, json: { model } });
  for (;;) {
    const { body } = await api.call('GET /v1/rebuilds', { token: admin });
    const job = (body['items'] as { rebuildId: string; state: string }[]).find(({ rebuildId }) => rebuildId === model);
    if (job?.state === 'done') return;
  }
}

describe('POST /v1/rebuilds', () => {
  it('HIS-4: rebuilds a model while queries go on, and says when it is done', async () => {
    const made = await api.call('POST /v1/contacts', { token: admin, json: { name: 'Amina' } });
    const headers = { 'ledger-position': made.body['position'] as string };
    const contact = `GET /v1/contacts/${made.body['contactId'] as string}`;
    const before = await api.call(contact, { token: admin, headers });
    const asked = await api.call('POST /v1/rebuilds', { token: admin, json: { model: 'contacts' } });
    expect(asked).toMatchObject({ status: 202, body: { rebuildId: 'contacts', models: ['contacts'] } });
    for (let state: unknown = 'running'; state !== 'done';) {
      expect((await api.call(contact, { token: admin })).body).toStrictEqual(before.body);
      const { body } = await api.call('GET /v1/rebuilds', { token: admin });
      [{ state }] = body['items'] as [{ state: string }];
    }
    expect((await api.call(contact, { token: admin })).body).toStrictEqual(before.body);
  });

  it('HIS-4: a cursor from before the rebuild of its list is outdated, one of another list is not', async () => {
    const made = await api.call('POST /v1/contacts', { token: admin, json: { name: 'Bo' } });
    const notes = `/v1/contacts/${made.body['contactId'] as string}/notes`;
    await api.call(`POST ${notes}`, { token: admin, json: { text: 'first' } });
    const last = await api.call(`POST ${notes}`, { token: admin, json: { text: 'second' } });
    const headers = { 'ledger-position': last.body['position'] as string };
    const page = await api.call(`GET ${notes}?limit=1`, { token: admin, headers });
    const next = `GET ${notes}?limit=1&cursor=${page.body['nextCursor'] as string}`;

    await rebuilt('contacts');
    expect(await api.call(next, { token: admin })).toMatchObject({ status: 200 });
    await rebuilt('contact-notes');
    expect(await api.call(next, { token: admin })).toMatchObject({
      status: 410,
      body: { type: '/problems/cursor-outdated' },
    });
  });

  it('knows no other models', async () => {
    const { status } = await api.call('POST /v1/rebuilds', { token: admin, json: { model: 'contacts~2' } });
    expect(status).toBe(400);
  });
});
