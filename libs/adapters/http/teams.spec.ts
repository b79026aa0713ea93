import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let agent: string;
let conversationId: string;
let channelId: string;

const asAdmin = (route: string, json?: object): Promise<Answer> =>
  api.call(route, { token: admin, ...(json && { json }) });
const newTeam = async (name: string): Promise<string> =>
  String((await asAdmin('POST /v1/teams', { name })).body['teamId']);

beforeAll(async () => {
  api = await startTestApi();
  [admin, agent] = await Promise.all([token('admin'), token('agent', 'ann')]);
  channelId = String((await asAdmin('POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
  const came = await api.call(`POST /v1/channels/${channelId}/inbound`, {
    token: await token('service'),
    json: { externalMessageId: '1', from: { externalUserId: 'jane' }, text: 'Hello' },
  });
  conversationId = String(came.body['conversationId']);
  await api.call('GET /v1/queue', { token: agent, headers: { 'ledger-position': String(came.body['position']) } });
});
afterAll(async () => {
  await api.close();
});

describe('teams', () => {
  it('ASG-6: are made, renamed, listed and archived', async () => {
    const teamId = await newTeam('Returns');
    expect(await asAdmin(`PATCH /v1/teams/${teamId}`, { name: 'Refunds' })).toMatchObject({ status: 200 });
    const shown = { teamId, name: 'Refunds', archived: false, userIds: [], channelIds: [] };
    expect((await api.call(`GET /v1/teams/${teamId}`, { token: agent })).body).toEqual(shown);
    expect((await asAdmin('GET /v1/teams')).body['items']).toEqual([shown]);
    expect(await asAdmin(`DELETE /v1/teams/${teamId}`)).toMatchObject({ status: 200 });
    expect((await asAdmin(`GET /v1/teams/${teamId}`)).body).toEqual({ ...shown, archived: true });
    expect(await asAdmin(`PATCH /v1/teams/${teamId}`, { name: 'X' })).toMatchObject({
      status: 409,
      body: { type: '/problems/team-archived' },
    });
  });

  it('ASG-6: give their members access to their channels, until they are archived', async () => {
    const path = `GET /v1/conversations/${conversationId}`;
    const seen = async (): Promise<number> => (await api.call(path, { token: agent })).status;
    const teamId = await newTeam('Desk');
    expect(await seen()).toBe(404);
    await asAdmin(`PUT /v1/teams/${teamId}/members`, { userIds: ['ann'] });
    await asAdmin(`PUT /v1/teams/${teamId}/channels`, { channelIds: [channelId] });
    expect(await seen()).toBe(200);
    expect((await api.call('GET /v1/queue', { token: agent })).body['items']).toHaveLength(1);
    await asAdmin(`PUT /v1/teams/${teamId}/members`, { userIds: [] });
    expect(await seen()).toBe(404);
    await asAdmin(`PUT /v1/teams/${teamId}/members`, { userIds: ['ann'] });
    await asAdmin(`DELETE /v1/teams/${teamId}`);
    expect(await seen()).toBe(404);
    expect((await api.call('GET /v1/queue', { token: agent })).body).toEqual({ items: [] });
  });

  it('ASG-6: take only users and channels that there are', async () => {
    const teamId = await newTeam('Wrong');
    expect(await asAdmin(`PUT /v1/teams/${teamId}/members`, { userIds: ['nobody'] })).toMatchObject({
      status: 422,
      body: { type: '/problems/unknown-user', userId: 'nobody' },
    });
    expect(await asAdmin(`PUT /v1/teams/${teamId}/channels`, { channelIds: ['fax'] })).toMatchObject({
      status: 422,
      body: { type: '/problems/unknown-channel', channelId: 'fax' },
    });
    expect(await asAdmin(`PUT /v1/teams/none/members`, { userIds: [] })).toMatchObject({ status: 404 });
    expect(await asAdmin(`PUT /v1/teams/${teamId}/members`, { userIds: 'ann' })).toMatchObject({ status: 400 });
  });
});

describe('users', () => {
  it('ASG-6: are made known before they come, and keep the access they were given', async () => {
    const made = await asAdmin('POST /v1/users', { userId: 'bea', name: 'Bea', role: 'agent' });
    expect(made).toMatchObject({ status: 201, body: { userId: 'bea' } });
    await asAdmin('PUT /v1/users/bea/channels', { channelIds: [channelId] });
    const bea = await token('agent', 'bea');
    expect(await api.call(`GET /v1/conversations/${conversationId}`, { token: bea })).toMatchObject({ status: 200 });
    expect(await asAdmin('POST /v1/users', { userId: 'bea', name: 'Bea', role: 'agent' })).toMatchObject({
      status: 409,
      body: { type: '/problems/user-exists' },
    });
  });

  it('ASG-6: who are deactivated are let in no more, until they are reactivated', async () => {
    await asAdmin('POST /v1/users', { userId: 'gone', name: 'Gone', role: 'agent' });
    const gone = await token('agent', 'gone');
    expect(await asAdmin('DELETE /v1/users/gone')).toMatchObject({ status: 200 });
    expect((await asAdmin('GET /v1/users/gone')).body).toMatchObject({ userId: 'gone', active: false });
    expect(await api.call('GET /v1/queue', { token: gone })).toMatchObject({
      status: 403,
      body: { type: '/problems/user-deactivated' },
    });
    await asAdmin('PATCH /v1/users/gone', { active: true });
    expect(await api.call('GET /v1/queue', { token: gone })).toMatchObject({ status: 200 });
  });
});
