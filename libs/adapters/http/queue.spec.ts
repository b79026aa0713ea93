import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const clock = createMovableClock();
let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let teamId: string;
const channels: Record<string, string> = {};
const conversations: Record<string, string> = {};
const contacts: Record<string, string> = {};
let position = '';

async function call(route: string, bearer: string, json?: object): Promise<Answer> {
  const answer = await api.call(route, {
    token: bearer,
    ...(json && { json }),
    ...(route.startsWith('GET') && position !== '' && { headers: { 'ledger-position': position } }),
  });
  const { position: settled } = answer.body;
  if (typeof settled === 'string') position = settled;
  return answer;
}
async function receive(who: string, channel: string): Promise<void> {
  const json = { externalMessageId: who, from: { externalUserId: who, displayName: who }, text: 'Hello' };
  const { body } = await call(`POST /v1/channels/${channels[channel] ?? ''}/inbound`, service, json);
  conversations[who] = String(body['conversationId']);
  contacts[who] = String(body['contactId']);
  clock.jump(60_000);
}
const names = async (query: string, bearer = admin): Promise<unknown[]> =>
  ((await call(`GET /v1/queue${query}`, bearer)).body['items'] as { name: string }[]).map(({ name }) => name);

beforeAll(async () => {
  api = await startTestApi({ clock });
  [admin, agent, service] = await Promise.all([token('admin'), token('agent', 'ann'), token('service')]);
  for (const name of ['shop', 'desk']) {
    const made = await call('POST /v1/channels', admin, { medium: 'custom', name });
    channels[name] = String(made.body['channelId']);
  }
  await call('POST /v1/users', admin, { userId: 'ann', name: 'Ann', role: 'agent' });
  await call('PUT /v1/users/ann/channels', admin, { channelIds: [channels['shop']] });
  teamId = String((await call('POST /v1/teams', admin, { name: 'Returns' })).body['teamId']);
  await call(`PUT /v1/teams/${teamId}/members`, admin, { userIds: ['ann'] });
  for (const [who, channel] of [
    ['first', 'shop'],
    ['second', 'shop'],
    ['third', 'desk'],
    ['fourth', 'shop'],
  ] as const) {
    await receive(who, channel);
  }
  await call(`PUT /v1/contacts/${contacts['fourth'] ?? ''}/vip`, admin);
  await call(`PUT /v1/conversations/${conversations['second'] ?? ''}/assignee`, admin, { teamId });
});
afterAll(async () => {
  await api.close();
});

describe('the queue', () => {
  it('ASG-9: is ranked by the admin’s scores, then by who waits longest, and follows their change', async () => {
    expect(await names('')).toEqual(['first', 'second', 'third', 'fourth']);
    const vip = await call('POST /v1/priority-scores', admin, { points: 10, when: { group: 'vip' } });
    const desk = { points: 5, when: { channelId: channels['desk'] }, name: 'The desk first' };
    const { body } = await call('POST /v1/priority-scores', admin, desk);
    expect(await names('')).toEqual(['fourth', 'third', 'first', 'second']);
    await call(`PATCH /v1/priority-scores/${String(body['scoreId'])}`, admin, { points: 20 });
    expect(await names('')).toEqual(['third', 'fourth', 'first', 'second']);
    expect((await call(`GET /v1/priority-scores/${String(body['scoreId'])}`, agent)).body).toEqual({
      scoreId: body['scoreId'],
      name: 'The desk first',
      points: 20,
      when: { channelId: channels['desk'] },
      archived: false,
    });
    await call(`DELETE /v1/priority-scores/${String(body['scoreId'])}`, admin);
    expect(await names('')).toEqual(['fourth', 'first', 'second', 'third']);

    const rank = await call(`GET /v1/queue/${conversations['fourth'] ?? ''}/rank`, agent);
    expect(rank.body).toEqual({
      score: 10,
      rules: [{ rule: vip.body['scoreId'], points: 10, because: 'the contact is in the group VIP' }],
      waitingSince: '2026-03-02T09:03:00.000Z',
      position: 1,
    });
    expect((await call(`GET /v1/queue/${conversations['second'] ?? ''}/rank`, agent)).body).toMatchObject({
      score: 0,
      rules: [],
      position: 3,
    });
    expect((await call(`GET /v1/queue/${conversations['third'] ?? ''}/rank`, agent)).status).toBe(404);
  });

  it('ASG-9: with weight, waiting counts for so many points a minute', async () => {
    await call('PATCH /v1/settings', admin, { waitingPointsPerMinute: 5 });
    expect(await names('')).toEqual(['first', 'fourth', 'second', 'third']);
    await call('PATCH /v1/settings', admin, { waitingPointsPerMinute: 0 });
    expect(await names('')).toEqual(['fourth', 'first', 'second', 'third']);
  });

  it('ASG-10: is narrowed down by views and filters', async () => {
    expect(await names('?view=teams', agent)).toEqual(['second']);
    expect(await names(`?team=${teamId}`)).toEqual(['second']);
    expect(await names('?view=unassigned')).toEqual(['fourth', 'first', 'third']);
    expect(await names('?group=vip')).toEqual(['fourth']);
    expect(await names('?group=none')).toEqual([]);
    expect(await names(`?channel=${channels['desk'] ?? ''}`)).toEqual(['third']);
    expect(await names('?waitingLonger=PT3M')).toEqual(['first', 'second']);
    expect((await call('GET /v1/queue?waitingLonger=soon', admin)).status).toBe(400);
    expect(await names('', agent)).toEqual(['fourth', 'first', 'second']);
  });

  it('ASG-10: is counted exactly for what the caller has access to', async () => {
    const none = { pending: 0, snoozed: 0, mine: 0, mentions: 0, closed: 0 };
    const counters = { ...none, open: 3, new: 3, teams: 1, unassigned: 2, vip: 1 };
    expect((await call('GET /v1/queue/counters', agent)).body).toEqual(counters);
    expect((await call('GET /v1/queue/counters', admin)).body).toEqual({
      ...counters,
      open: 4,
      new: 4,
      teams: 0,
      unassigned: 3,
    });
  });

  it('ASG-10: comes in pages that stay as they are while others write', async () => {
    const first = await call('GET /v1/queue?limit=2', admin);
    await receive('fifth', 'desk');
    const next = await call(`GET /v1/queue?limit=2&cursor=${String(first.body['nextCursor'])}`, admin);
    expect((next.body['items'] as { name: string }[]).map(({ name }) => name)).toEqual(['second', 'third']);
  });

  it('CNV-10, ASG-10: shows what is closed by itself, the last one first', async () => {
    for (const who of ['first', 'third']) {
      await call(`POST /v1/conversations/${conversations[who] ?? ''}/close`, admin);
      clock.jump(1_000);
    }
    expect(await names('?view=closed')).toEqual(['third', 'first']);
    expect(await names('?view=closed', agent)).toEqual(['first']);
    expect(await names('')).toEqual(['fourth', 'second', 'fifth']);
  });

  it('ASG-9: refuses scores that rank nothing', async () => {
    for (const [json, type] of [
      [{ points: 1, when: {} }, 'terms-needed'],
      [{ points: 1, when: { group: 'none' } }, 'unknown-group'],
      [{ points: 1, when: { topic: 'none' } }, 'unknown-topic'],
      [{ points: 1, when: { channelId: 'none' } }, 'unknown-channel'],
    ] as const) {
      expect(await call('POST /v1/priority-scores', admin, json)).toMatchObject({
        status: 422,
        body: { type: `/problems/${type}` },
      });
    }
    for (const points of [0.5, '10', undefined]) {
      const { status, body } = await call('POST /v1/priority-scores', admin, { points, when: { group: 'vip' } });
      expect([status, body['errors']]).toEqual([
        400,
        [{ pointer: '/points', detail: 'points must be an integer number' }],
      ]);
    }
  });
});
