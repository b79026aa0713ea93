import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { userStream } from '#access/user';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const clock = createMovableClock();
let api: TestApi;
let admin: string;
let service: string;
const channels: Record<string, string> = {};

const asAdmin = (route: string, json?: object): Promise<Answer> =>
  api.call(route, { token: admin, ...(json && { json }) });
const made = async (route: string, field: string, json: object): Promise<string> =>
  String((await asAdmin(route, json)).body[field]);

let arrivals = 0;
async function receive(channel = 'shop'): Promise<string> {
  const number = ++arrivals;
  const json = { externalMessageId: `m-${number}`, from: { externalUserId: `u-${number}` }, text: 'Hello' };
  const { body } = await api.call(`POST /v1/channels/${channels[channel] ?? ''}/inbound`, { token: service, json });
  return String(body['conversationId']);
}

async function assigneeOf(conversationId: string): Promise<unknown> {
  return (await asAdmin(`GET /v1/conversations/${conversationId}`)).body['assignee'];
}

/** What workflows do is seen when it is done. */
async function assigned(conversationId: string, to: object): Promise<void> {
  while ((await assigneeOf(conversationId)) === null) await sleep(10);
  expect(await assigneeOf(conversationId)).toEqual(to);
}

/** All that waits, in the order of the queue. */
async function waiting(): Promise<readonly string[]> {
  const { body } = await asAdmin('GET /v1/queue?view=unassigned&status=new');
  return (body['items'] as { conversationId: string }[]).map(({ conversationId }) => conversationId);
}

/** Comes online without access to any channel. */
async function hire(userId: string, channel?: string): Promise<string> {
  await asAdmin('POST /v1/users', { userId, name: userId, role: 'agent' });
  const channelIds = channel === undefined ? [] : [channels[channel]];
  await asAdmin(`PUT /v1/users/${userId}/channels`, { channelIds });
  await api.call('PUT /v1/presence', { token: await token('agent', userId), json: { state: 'online' } });
  return userId;
}

async function team(...userIds: string[]): Promise<string> {
  const teamId = await made('POST /v1/teams', 'teamId', { name: 'Team' });
  await asAdmin(`PUT /v1/teams/${teamId}/members`, { userIds });
  return teamId;
}

beforeAll(async () => {
  api = await startTestApi({ clock, acting: true });
  [admin, service] = await Promise.all([token('admin'), token('service')]);
  for (const name of ['shop', 'desk']) {
    channels[name] = await made('POST /v1/channels', 'channelId', { medium: 'custom', name });
  }
});
afterAll(async () => {
  await api.close();
});

beforeEach(async () => {
  const { body } = await asAdmin('GET /v1/routing-rules');
  for (const { ruleId } of body['items'] as { ruleId: string }[]) await asAdmin(`DELETE /v1/routing-rules/${ruleId}`);
  await asAdmin('POST /v1/conversations/bulk', { action: 'close', filter: {} });
  await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: null });
});

describe('what waits is given to', () => {
  it('ASG-7: whom a new rule names: a user, or a team as a whole', async () => {
    const ann = await hire('ann', 'shop');
    const teamId = await team();
    const [first, second] = [await receive('shop'), await receive('desk')];
    await asAdmin('POST /v1/routing-rules', { when: { channelId: channels['shop'] }, to: { userId: ann } });
    await assigned(first, { userId: ann });
    expect(await assigneeOf(second)).toBeNull();
    await asAdmin('POST /v1/routing-rules', { to: { teamId } });
    await assigned(second, { teamId });
    expect(await assigneeOf(first)).toEqual({ userId: ann });
  });

  it('ASG-7: whom a changed rule names, or the one that comes first in another order, or when it is gone', async () => {
    const bob = await hire('bob', 'shop');
    const empty = { teamId: await team(), pick: 'roundRobin' };
    const ruleId = await made('POST /v1/routing-rules', 'ruleId', { when: { group: 'vip' }, to: { userId: bob } });
    const first = await receive();
    await asAdmin(`PATCH /v1/routing-rules/${ruleId}`, { when: {}, to: empty });
    await asAdmin(`PATCH /v1/routing-rules/${ruleId}`, { to: { userId: bob } });
    await assigned(first, { userId: bob });
    await asAdmin(`PATCH /v1/routing-rules/${ruleId}`, { to: empty });
    const next = await made('POST /v1/routing-rules', 'ruleId', { to: { userId: bob } });
    const second = await receive();
    await asAdmin('PUT /v1/routing-rules/order', { ruleIds: [next] });
    await assigned(second, { userId: bob });
    await asAdmin('PUT /v1/routing-rules/order', { ruleIds: [ruleId] });
    const third = await receive();
    await asAdmin(`DELETE /v1/routing-rules/${ruleId}`);
    await assigned(third, { userId: bob });
  });

  it('ASG-7: whom a raised limit leaves room, the first of the queue first, and no more than it leaves', async () => {
    const members = [await hire('cem', 'shop'), await hire('dan', 'shop')];
    await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: 1 });
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await receive());
    const queued = await waiting();
    expect(new Set(queued)).toEqual(new Set(ids));
    const [first = '', second = '', third = '', fourth = '', ...rest] = queued;
    await asAdmin('POST /v1/routing-rules', { to: { teamId: await team(...members), pick: 'leastBusy' } });
    while ((await waiting()).length > 4) await sleep(10);
    expect(await waiting()).toEqual([third, fourth, ...rest]);
    await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: 2 });
    while ((await waiting()).length > 2) await sleep(10);
    expect(await waiting()).toEqual(rest);
    const holders = (await Promise.all([first, second, third, fourth].map(assigneeOf))) as { userId: string }[];
    expect(holders.map(({ userId }) => userId).sort()).toEqual(['cem', 'cem', 'dan', 'dan']);
    await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: null });
    while ((await waiting()).length > 0) await sleep(10);
  });

  it('ASG-7, ASG-6: who is granted access to its channel, alone or with their team', async () => {
    const [eve, fay] = [await hire('eve'), await hire('fay')];
    const [eves, fays] = [await team(eve), await team(fay)];
    const pick = 'roundRobin';
    await asAdmin('POST /v1/routing-rules', { when: { channelId: channels['shop'] }, to: { teamId: eves, pick } });
    await asAdmin('POST /v1/routing-rules', { when: { channelId: channels['desk'] }, to: { teamId: fays, pick } });
    const [first, second] = [await receive('shop'), await receive('desk')];
    await asAdmin(`PUT /v1/users/${eve}/channels`, { channelIds: [channels['shop']] });
    await assigned(first, { userId: eve, teamId: eves });
    expect(await assigneeOf(second)).toBeNull();
    await asAdmin(`PUT /v1/teams/${fays}/channels`, { channelIds: [channels['desk']] });
    await assigned(second, { userId: fay, teamId: fays });
  });

  it('ASG-7: who joins the team that the rule picks in', async () => {
    const gus = await hire('gus', 'shop');
    const teamId = await team();
    await asAdmin('POST /v1/routing-rules', { to: { teamId, pick: 'leastBusy' } });
    const conversationId = await receive();
    await asAdmin(`PUT /v1/teams/${teamId}/members`, { userIds: [gus] });
    await assigned(conversationId, { userId: gus, teamId });
  });

  it('ASG-7: whose place was kept for a conversation that is somebody else’s, when the worker was interrupted', async () => {
    const [hal, ivy] = [await hire('hal', 'shop'), await hire('ivy', 'shop')];
    const other = await receive();
    await asAdmin(`PUT /v1/conversations/${other}/assignee`, { userId: ivy });
    // What follows a change of hands would free the place that is reserved below, if it came later.
    while (!(await hasPlace({ userId: ivy, conversationId: other }))) await sleep(10);
    await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: 1 });
    await reserve({ userId: hal, conversationId: other });
    const first = await receive();
    const before = await settled('everybody');
    await asAdmin('POST /v1/routing-rules', { to: { userId: hal } });
    while ((await settled('everybody')) === before) await sleep(10);
    expect(await assigneeOf(first)).toBeNull();
    clock.jump(30_000);
    await assigned(first, { userId: hal });
    expect(await assigneeOf(other)).toEqual({ userId: ivy });
  });
});

/** As a worker does that is killed right afterwards. */
async function reserve(place: { readonly userId: string; readonly conversationId: string }): Promise<void> {
  const header = { commandId: 'c', commandHash: 'c', correlationId: 'c', causationId: 'c' };
  const actor = { id: 'when-nobody-has-it-then-route', role: 'workflow' } as const;
  const metadata = { ...header, actor, at: clock.now(), schemaVersion: 1 };
  const event = { id: '3f1c9a52-7d0e-4c1b-9b57-6a0f5f0d6f11', type: 'PlaceReserved', data: place, metadata };
  await api.store.append(userStream(place.userId), [event], 'any');
}

async function hasPlace({ userId, conversationId }: { userId: string; conversationId: string }): Promise<boolean> {
  for await (const { type, data } of api.store.readStream(userStream(userId))) {
    if (type === 'PlaceTaken' && 'conversationId' in data && data.conversationId === conversationId) return true;
  }
  return false;
}

/** How often an instance has nothing left to do. */
async function settled(key: string): Promise<number> {
  let count = 0;
  for await (const { type, data } of api.store.readAll()) {
    if (type === 'WorkflowToDoSettled' && 'key' in data && data.key === key) count++;
  }
  return count;
}
