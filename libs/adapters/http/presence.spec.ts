import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const clock = createMovableClock();
let api: TestApi;
let admin: string;
let service: string;
let channelId: string;

const asAdmin = (route: string, json?: object): Promise<Answer> =>
  api.call(route, { token: admin, ...(json && { json }) });
const as = async (userId: string, route: string, json?: object): Promise<Answer> =>
  api.call(route, { token: await token('agent', userId), ...(json && { json }) });
async function receive(from: string, id: string): Promise<string> {
  const json = { externalMessageId: `${from}-${id}`, from: { externalUserId: from }, text: 'Hello' };
  const { body } = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
  return String(body['conversationId']);
}
async function assigned(from: string, userId: string): Promise<string> {
  const conversationId = await receive(from, '1');
  await asAdmin(`PUT /v1/conversations/${conversationId}/assignee`, { userId });
  return conversationId;
}
const assigneeOf = async (conversationId: string): Promise<unknown> =>
  (await asAdmin(`GET /v1/conversations/${conversationId}`)).body['assignee'];
/** What workflows do is seen when it is done. */
async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await sleep(10);
}

beforeAll(async () => {
  api = await startTestApi({ clock, acting: true });
  [admin, service] = await Promise.all([token('admin'), token('service')]);
  channelId = String((await asAdmin('POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
  for (const userId of ['ann', 'bob', 'cem']) {
    await asAdmin('POST /v1/users', { userId, name: userId, role: 'agent' });
    await asAdmin(`PUT /v1/users/${userId}/channels`, { channelIds: [channelId] });
  }
  await asAdmin('PATCH /v1/settings', { removeAssignmentWhenOffline: true });
});
afterAll(async () => {
  await api.close();
});

describe('presence', () => {
  it('ASG-5: is what the agent says, and a heartbeat is a sign of life', async () => {
    const presence = async (): Promise<unknown> => (await asAdmin('GET /v1/users/cem')).body['presence'];
    expect(await presence()).toBe('offline');
    expect(await as('cem', 'POST /v1/presence/heartbeat')).toMatchObject({ status: 200 });
    expect(await presence()).toBe('online');
    await as('cem', 'PUT /v1/presence', { state: 'away' });
    await as('cem', 'POST /v1/presence/heartbeat');
    expect(await presence()).toBe('away');
    await as('cem', 'PUT /v1/presence', { state: 'offline' });
    await as('cem', 'POST /v1/presence/heartbeat');
    expect(await presence()).toBe('offline');
    expect(await as('cem', 'PUT /v1/presence', { state: 'asleep' })).toMatchObject({ status: 400 });
  });

  it('ASG-3: who stays offline is off what waits, and keeps what is answered; who is back in time keeps all', async () => {
    const [waiting, answered, kept] = [
      await assigned('w', 'ann'),
      await assigned('a', 'ann'),
      await assigned('k', 'bob'),
    ];
    await as('ann', `POST /v1/conversations/${answered}/messages`, { text: 'Hello' });
    for (const userId of ['ann', 'bob']) {
      await as(userId, 'PUT /v1/presence', { state: 'online' });
      await as(userId, 'PUT /v1/presence', { state: 'offline' });
    }
    clock.jump(60_000);
    await as('bob', 'PUT /v1/presence', { state: 'away' });
    clock.jump(55_000);
    await until(async () => (await assigneeOf(waiting)) === null);
    expect(await assigneeOf(answered)).toEqual({ userId: 'ann' });
    expect(await assigneeOf(kept)).toEqual({ userId: 'bob' });
    const users = (await asAdmin('GET /v1/users')).body['items'] as { userId: string; openConversations: number }[];
    const load = users.map(({ userId, openConversations }) => [userId, openConversations]);
    expect(Object.fromEntries(load)).toMatchObject({ ann: 1, bob: 1, cem: 0 });
  });

  it('ASG-3: what is answered goes at once when the person writes again meanwhile', async () => {
    const conversationId = await assigned('again', 'ann');
    await as('ann', `POST /v1/conversations/${conversationId}/messages`, { text: 'Hello' });
    await as('ann', 'PUT /v1/presence', { state: 'offline' });
    const headers = { 'ledger-position': '' };
    const json = { externalMessageId: 'again-2', from: { externalUserId: 'again' }, text: 'Still there?' };
    const came = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
    headers['ledger-position'] = String(came.body['position']);
    const shown = await api.call(`GET /v1/conversations/${conversationId}`, { token: admin, headers });
    expect(shown.body).toMatchObject({ status: 'new', assignee: null });
  });
});

describe('losing access', () => {
  it('ASG-6: takes what lives on the channel off the agent', async () => {
    const conversationId = await assigned('lost', 'bob');
    await asAdmin('PUT /v1/users/bob/channels', { channelIds: [] });
    await until(async () => (await assigneeOf(conversationId)) === null);
  });

  it('ASG-6: so does losing it with the team, and being deactivated', async () => {
    const teamId = String((await asAdmin('POST /v1/teams', { name: 'Desk' })).body['teamId']);
    await asAdmin(`PUT /v1/teams/${teamId}/channels`, { channelIds: [channelId] });
    await asAdmin(`PUT /v1/teams/${teamId}/members`, { userIds: ['bob'] });
    const throughTeam = await assigned('team', 'bob');
    expect(await assigneeOf(throughTeam)).toEqual({ userId: 'bob' });
    await asAdmin(`DELETE /v1/teams/${teamId}`);
    await until(async () => (await assigneeOf(throughTeam)) === null);
    const ofCem = await assigned('cem', 'cem');
    await asAdmin('DELETE /v1/users/cem');
    await until(async () => (await assigneeOf(ofCem)) === null);
  });
});
