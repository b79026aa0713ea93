import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let service: string;
let teamId: string;
const channels: Record<string, string> = {};

const asAdmin = (route: string, json?: object): Promise<Answer> =>
  api.call(route, { token: admin, ...(json && { json }) });
async function receive(externalUserId: string, id: string, channel = 'shop'): Promise<Record<string, string>> {
  const json = { externalMessageId: `${externalUserId}-${id}`, from: { externalUserId }, text: 'Hello' };
  const { body } = await api.call(`POST /v1/channels/${channels[channel] ?? ''}/inbound`, { token: service, json });
  return body as Record<string, string>;
}
async function assigneeOf(path: string, position: unknown): Promise<unknown> {
  const headers = { 'ledger-position': String(position) };
  return (await api.call(`GET ${path}`, { token: admin, headers })).body['assignee'];
}

beforeAll(async () => {
  api = await startTestApi();
  [admin, service] = await Promise.all([token('admin'), token('service')]);
  for (const [name, idScope] of [
    ['shop', 'one'],
    ['desk', 'one'],
  ] as const) {
    const made = await asAdmin('POST /v1/channels', { medium: 'custom', name, settings: { idScope } });
    channels[name] = String(made.body['channelId']);
  }
  for (const [userId, reached] of [
    ['ann', ['shop', 'desk']],
    ['bob', ['shop']],
  ] as const) {
    await asAdmin('POST /v1/users', { userId, name: userId, role: 'agent' });
    await asAdmin(`PUT /v1/users/${userId}/channels`, { channelIds: reached.map((name) => channels[name]) });
  }
  teamId = String((await asAdmin('POST /v1/teams', { name: 'Returns' })).body['teamId']);
});
afterAll(async () => {
  await api.close();
});

describe('a conversation', () => {
  it('ASG-2: is assigned to a team, then to an agent, and unassigned', async () => {
    const { conversationId = '' } = await receive('team', '1');
    const path = `/v1/conversations/${conversationId}`;
    const toTeam = await asAdmin(`PUT ${path}/assignee`, { teamId });
    expect(await assigneeOf(path, toTeam.body['position'])).toEqual({ teamId });
    const toAgent = await asAdmin(`PUT ${path}/assignee`, { userId: 'ann' });
    expect(await assigneeOf(path, toAgent.body['position'])).toEqual({ teamId, userId: 'ann' });
    const toNobody = await asAdmin(`DELETE ${path}/assignee`);
    expect(await assigneeOf(path, toNobody.body['position'])).toBeNull();
  });

  it('ASG-2: is not assigned to nobody knows whom', async () => {
    const { conversationId = '' } = await receive('nobody', '1');
    const assign = (json: object) => asAdmin(`PUT /v1/conversations/${conversationId}/assignee`, json);
    expect(await assign({ teamId: 'none' })).toMatchObject({ status: 422, body: { type: '/problems/unknown-team' } });
    expect(await assign({ userId: 'none' })).toMatchObject({
      status: 422,
      body: { type: '/problems/assignee-without-access', userId: 'none' },
    });
    for (const json of [{}, { userId: 'ann', teamId }, { userId: null }, { teamId: 7 }]) {
      expect(await assign(json)).toMatchObject({ status: 400, body: { type: '/problems/validation' } });
    }
  });

  it('ASG-6: is taken off an agent when the person goes on where they lack access', async () => {
    const { conversationId = '' } = await receive('moving', '1');
    await asAdmin(`PUT /v1/conversations/${conversationId}/assignee`, { userId: 'bob' });
    const { position } = await receive('moving', '2', 'desk');
    expect(await assigneeOf(`/v1/conversations/${conversationId}`, position)).toBeNull();
  });
});

describe('a contact', () => {
  it('ASG-4: stays with who had the last conversation; the next opens with them', async () => {
    const first = await receive('kept', '1');
    await asAdmin(`PUT /v1/conversations/${first['conversationId'] ?? ''}/assignee`, { userId: 'ann' });
    await asAdmin(`POST /v1/conversations/${first['conversationId'] ?? ''}/close`);
    const second = await receive('kept', '2');
    expect(await assigneeOf(`/v1/conversations/${second['conversationId'] ?? ''}`, second['position'])).toEqual({
      userId: 'ann',
    });
  });

  it('ASG-4: is assigned and unassigned by itself while no conversation is open; the next goes by the later', async () => {
    const first = await receive('between', '1');
    const contact = `/v1/contacts/${first['contactId'] ?? ''}`;
    await asAdmin(`PUT /v1/conversations/${first['conversationId'] ?? ''}/assignee`, { userId: 'ann' });
    await asAdmin(`POST /v1/conversations/${first['conversationId'] ?? ''}/close`);
    const toBob = await asAdmin(`PUT ${contact}/assignee`, { userId: 'bob' });
    expect(toBob.status).toBe(200);
    expect(await assigneeOf(contact, toBob.body['position'])).toEqual({ userId: 'bob' });
    const second = await receive('between', '2');
    const path = `/v1/conversations/${second['conversationId'] ?? ''}`;
    expect(await assigneeOf(path, second['position'])).toEqual({ userId: 'bob' });

    expect(await asAdmin(`DELETE ${contact}/assignee`)).toMatchObject({
      status: 409,
      body: { type: '/problems/conversation-open', conversationId: second['conversationId'] },
    });
    const toAnn = await asAdmin(`PUT ${contact}/assignee`, { userId: 'ann' });
    expect(await assigneeOf(path, toAnn.body['position'])).toEqual({ userId: 'ann' });
    await asAdmin(`POST ${path}/close`);
    const toNobody = await asAdmin(`DELETE ${contact}/assignee`);
    expect(await assigneeOf(contact, toNobody.body['position'])).toBeNull();
    const third = await receive('between', '3');
    expect(await assigneeOf(`/v1/conversations/${third['conversationId'] ?? ''}`, third['position'])).toBeNull();
  });

  it('ASG-4: does not open with who lacks the channel, or has left', async () => {
    const first = await receive('left', '1');
    await asAdmin(`PUT /v1/conversations/${first['conversationId'] ?? ''}/assignee`, { userId: 'bob' });
    await asAdmin(`POST /v1/conversations/${first['conversationId'] ?? ''}/close`);
    const elsewhere = await receive('left', '2', 'desk');
    const path = `/v1/conversations/${elsewhere['conversationId'] ?? ''}`;
    expect(await assigneeOf(path, elsewhere['position'])).toBeNull();
  });

  it('ASG-6: is taken off nobody by who lacks its channels, nor told to have an open conversation', async () => {
    const { contactId = '' } = await receive('hidden', '1', 'desk');
    const bob = await token('agent', 'bob');
    expect((await api.call(`DELETE /v1/contacts/${contactId}/assignee`, { token: bob })).body).toMatchObject({
      type: '/problems/not-found',
    });
  });
});
