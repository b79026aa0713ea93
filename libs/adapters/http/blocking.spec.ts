import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let channelId: string;

beforeAll(async () => {
  api = await startTestApi();
  [admin, agent, service] = await Promise.all([token('admin'), token('agent'), token('service')]);
  const made = await api.call('POST /v1/channels', { token: admin, json: { medium: 'custom', name: 'Shop' } });
  channelId = String(made.body['channelId']);
  await api.call('GET /v1/queue', { token: agent });
  await api.call('PUT /v1/users/agent/channels', { token: admin, json: { channelIds: [channelId] } });
});
afterAll(async () => {
  await api.close();
});

const receive = (externalMessageId: string, externalUserId: string): Promise<Answer> => {
  const json = { externalMessageId, from: { externalUserId }, text: `secret ${externalMessageId}` };
  return api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
};
const read = (path: string, after: Answer): Promise<Answer> =>
  api.call(`GET ${path}`, { token: agent, headers: { 'ledger-position': String(after.body['position']) } });

describe('blocking a contact', () => {
  it('CON-6: closes the open conversation, keeps out what comes, and brings nothing back', async () => {
    const came = await receive('b1', 'bad');
    const { contactId, conversationId } = came.body as Record<string, string>;
    const path = `/v1/contacts/${contactId ?? ''}`;
    const blocked = await api.call(`PUT ${path}/block`, { token: agent, json: { reason: 'Threatens' } });
    expect(blocked.status).toBe(200);
    expect((await read(`/v1/conversations/${conversationId ?? ''}`, blocked)).body).toMatchObject({
      status: 'closed',
      closedBy: { cause: 'block' },
    });
    expect((await read('/v1/queue', blocked)).body).toEqual({ items: [] });

    const kept = await receive('b2', 'bad');
    expect(kept).toMatchObject({ status: 202, body: { blocked: true } });
    expect(await receive('b2', 'bad')).toMatchObject({ status: 202, body: { blocked: true } });
    expect(await receive('b1', 'bad')).toMatchObject({ status: 200, body: { conversationId } });

    const open = { token: agent, json: { contactId, channelId } };
    const refused = { status: 409, body: { type: '/problems/contact-blocked' } };
    expect(await api.call('POST /v1/conversations', open)).toMatchObject(refused);
    const reply = { token: agent, json: { text: 'Good day' } };
    expect(await api.call(`POST /v1/conversations/${conversationId ?? ''}/messages`, reply)).toMatchObject(refused);

    const position = { 'ledger-position': String(kept.headers.get('ledger-position')) };
    const page = await api.call(`GET ${path}`, { token: agent, headers: position });
    expect(page.body).toMatchObject({ blocked: true, blockedMessageCount: 1, conversationCount: 1 });
    expect(JSON.stringify(page.body)).not.toContain('secret');

    const lifted = await api.call(`DELETE ${path}/block`, { token: agent });
    expect((await read(path, lifted)).body).toMatchObject({ blocked: false, conversationCount: 1 });
    expect(await receive('b2', 'bad')).toMatchObject({ status: 202 });
    const next = await receive('b3', 'bad');
    expect(next).toMatchObject({ status: 201, body: { contactId } });
    expect(next.body['conversationId']).not.toBe(conversationId);
    const { conversationId: openOne } = next.body;
    expect(await api.call('POST /v1/conversations', open)).toMatchObject({
      status: 409,
      body: { type: '/problems/conversation-open', conversationId: openOne },
    });
  });

  it('CON-6: is answered the same again under its Idempotency-Key, also after the block was lifted', async () => {
    const { contactId } = (await receive('k1', 'key')).body as Record<string, string>;
    const sent = { token: agent, headers: { 'idempotency-key': 'block-1' } };
    const first = await api.call(`PUT /v1/contacts/${contactId ?? ''}/block`, sent);
    await api.call(`DELETE /v1/contacts/${contactId ?? ''}/block`, { token: agent });
    const again = await api.call(`PUT /v1/contacts/${contactId ?? ''}/block`, sent);
    expect({ status: again.status, body: again.body }).toEqual({ status: 200, body: first.body });
    expect(await receive('k2', 'key')).toMatchObject({ status: 201 });
  });

  it('CON-6: takes a reason that is a text, and no contact that is not there', async () => {
    const { contactId } = (await receive('r1', 'reason')).body as Record<string, string>;
    const wrong = await api.call(`PUT /v1/contacts/${contactId ?? ''}/block`, { token: agent, json: { reason: 7 } });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: '/reason' }] } });
    expect(await api.call('PUT /v1/contacts/none/block', { token: agent })).toMatchObject({ status: 404 });
    expect(await api.call('DELETE /v1/contacts/none/block', { token: agent })).toMatchObject({ status: 404 });
  });
});

describe('the conversations of a contact whose deletion was requested', () => {
  it('DEL-6: are gone with it', async () => {
    const { contactId, conversationId } = (await receive('d1', 'doomed')).body as Record<string, string>;
    const deleted = await api.call(`DELETE /v1/contacts/${contactId ?? ''}`, { token: admin, json: { hint: 'd••••' } });
    expect(deleted.status).toBe(202);
    const gone = { status: 410, body: { type: '/problems/contact-deleted' } };
    expect(await read(`/v1/conversations/${conversationId ?? ''}`, deleted)).toMatchObject(gone);
    expect(await read(`/v1/conversations/${conversationId ?? ''}/messages`, deleted)).toMatchObject(gone);
  });
});
