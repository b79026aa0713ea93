import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

describe('deleting a contact', () => {
  let api: TestApi;
  let admin: string;
  let contactId: string;
  beforeAll(async () => {
    api = await startTestApi();
    admin = await token('admin');
  });
  afterAll(async () => {
    await api.close();
  });

  async function makeContact(name: string): Promise<void> {
    const made = await api.call('POST /v1/contacts', { token: admin, json: { name } });
    contactId = String(made.body['contactId']);
  }
  const remove = (json: object, headers = {}): Promise<Answer> =>
    api.call(`DELETE /v1/contacts/${contactId}`, { token: admin, json, headers });

  it('asks for the hint, and takes no wrong one (DEL-1)', async () => {
    await makeContact('Ann Lee');
    expect(await remove({ hint: 'B•••• L••••' })).toMatchObject({
      status: 409,
      body: { type: '/problems/hint-mismatch' },
    });
    expect(await remove({})).toMatchObject({ status: 400, body: { errors: [{ pointer: '/hint' }] } });
    expect(await remove({ hint: 'A•••• L••••', reason: 'because' })).toMatchObject({ status: 422 });
  });

  it('is accepted, makes the contact gone, and is answered the same again (DEL-6)', async () => {
    await makeContact('Bo Lee');
    const key = { 'idempotency-key': 'delete-bo' };
    const accepted = await remove({ hint: 'B•••• L••••' }, key);
    expect(accepted).toMatchObject({ status: 202, body: { erasureId: expect.any(String) } });
    const position = { 'ledger-position': String(accepted.body['position']) };
    const erasure = `GET /v1/erasures/${String(accepted.body['erasureId'])}`;
    expect(await api.call(erasure, { token: admin, headers: position })).toMatchObject({
      status: 200,
      body: { state: 'erasing', contactIds: [contactId] },
    });
    expect(await api.call(`GET /v1/contacts/${contactId}`, { token: admin, headers: position })).toMatchObject({
      status: 410,
      body: { type: '/problems/contact-deleted' },
    });
    expect(await api.call(`PUT /v1/contacts/${contactId}/vip`, { token: admin })).toMatchObject({ status: 410 });
    const again = await remove({ hint: 'B•••• L••••' }, key);
    expect({ status: again.status, body: again.body }).toEqual({ status: 202, body: accepted.body });
  });

  it('is stopped after five wrong hints in ten minutes (DEL-1)', async () => {
    await makeContact('Cy Lee');
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await remove({ hint: 'X' })).status);
    // One wrong hint was recorded above.
    expect(statuses).toEqual([409, 409, 409, 409, 429, 429]);
  });

  it('leaves an audit that can be verified', async () => {
    const auditor = await token('auditor');
    expect(await api.call('GET /v1/audit/deleted-contacts/verify', { token: auditor })).toMatchObject({
      status: 200,
      body: { ok: true, entries: 0, head: '0'.repeat(64) },
    });
    expect(await api.call('GET /v1/audit/deleted-contacts', { token: auditor })).toMatchObject({ body: { items: [] } });
    expect(await api.call('GET /v1/erasures/none', { token: auditor })).toMatchObject({ status: 404 });
  });
});
