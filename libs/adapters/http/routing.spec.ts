import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let service: string;
const channels: Record<string, string> = {};

const asAdmin = (route: string, json?: object): Promise<Answer> =>
  api.call(route, { token: admin, ...(json && { json }) });
const as = async (userId: string, route: string, json?: object): Promise<Answer> =>
  api.call(route, { token: await token('agent', userId), ...(json && { json }) });
const made = async (route: string, field: string, json: object): Promise<string> =>
  String((await asAdmin(route, json)).body[field]);
let arrivals = 0;
async function receive(from: object = {}, channel = 'shop'): Promise<string> {
  const number = ++arrivals;
  const json = { externalMessageId: `m-${number}`, from: { externalUserId: `u-${number}`, ...from }, text: 'Hello' };
  const { body } = await api.call(`POST /v1/channels/${channels[channel] ?? ''}/inbound`, { token: service, json });
  return String(body['conversationId']);
}
const assigneeOf = async (conversationId: string): Promise<unknown> =>
  (await asAdmin(`GET /v1/conversations/${conversationId}`)).body['assignee'];
/** What workflows do is seen when it is done. */
async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await sleep(10);
}
const assigned = async (conversationId: string, to: object): Promise<void> => {
  await until(async () => (await assigneeOf(conversationId)) !== null);
  expect(await assigneeOf(conversationId)).toEqual(to);
};
/** Conversations for which routing has said its last word, by what it was. */
async function routed(): Promise<{ given: number; left: number }> {
  let [given, left] = [0, 0];
  for await (const { type, data } of api.store.readAll()) {
    if (type === 'ConversationAssigned' && 'cause' in data && data.cause === 'routing') given++;
    if (type === 'WorkflowToDoSettled' && 'workflow' in data && data.workflow === 'when-nobody-has-it-then-route')
      left++;
  }
  return { given, left };
}
const after = (count: number): Promise<void> =>
  until(async () => {
    const { given, left } = await routed();
    return given + left >= count;
  });

/** Adds a rule; what waits has been looked at by it when this is over. */
async function addRule(json: object): Promise<void> {
  await asAdmin('POST /v1/routing-rules', json);
  await until(async () => {
    let [added, looked] = [0, 0];
    for await (const { type, data, position } of api.store.readAll()) {
      if (type === 'RoutingRuleAdded') added = position;
      if (type !== 'WorkflowToDoSettled' || !('key' in data) || data.key !== 'everybody') continue;
      looked = Number(String('todo' in data && data.todo).replace('route what waits ', ''));
    }
    return looked >= added;
  });
}

beforeAll(async () => {
  api = await startTestApi({ acting: true });
  [admin, service] = await Promise.all([token('admin'), token('service')]);
  for (const name of ['shop', 'desk']) {
    channels[name] = await made('POST /v1/channels', 'channelId', { medium: 'custom', name });
  }
});
afterAll(async () => {
  await api.close();
});

/** New colleagues, no rules, and nobody who waits: each test has its own. */
let team: string;
let crew: readonly string[];
let tests = 0;
beforeEach(async () => {
  tests++;
  const { body } = await asAdmin('GET /v1/routing-rules');
  for (const { ruleId } of body['items'] as { ruleId: string }[]) await asAdmin(`DELETE /v1/routing-rules/${ruleId}`);
  await asAdmin('POST /v1/conversations/bulk', { action: 'close', filter: {} });
  crew = ['ann', 'bob', 'cem'].map((name) => `${name}-${tests}`);
  for (const userId of crew) {
    await asAdmin('POST /v1/users', { userId, name: userId, role: 'agent' });
    await asAdmin(`PUT /v1/users/${userId}/channels`, { channelIds: [channels['shop']] });
    await as(userId, 'PUT /v1/presence', { state: 'online' });
  }
  team = await made('POST /v1/teams', 'teamId', { name: 'Returns' });
  await asAdmin(`PUT /v1/teams/${team}/members`, { userIds: crew });
  await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: null });
});

describe('the routing rules', () => {
  it('ASG-7: are added, read, changed, ordered and archived', async () => {
    const when = { channelId: channels['shop'], group: 'vip', language: 'nl' };
    const ruleId = await made('POST /v1/routing-rules', 'ruleId', { name: 'VIPs', when, to: { teamId: team } });
    const rule = { ruleId, name: 'VIPs', when, to: { teamId: team }, archived: false };
    expect((await asAdmin(`GET /v1/routing-rules/${ruleId}`)).body).toEqual(rule);
    const attribute = { alias: 'language', operator: 'is', value: 'nl' };
    const to = { teamId: team, pick: 'leastBusy' };
    await asAdmin(`PATCH /v1/routing-rules/${ruleId}`, { when: { attribute: { alias: 'language', value: 'nl' } }, to });
    const other = await made('POST /v1/routing-rules', 'ruleId', { to: { userId: crew[0] } });
    await asAdmin('PUT /v1/routing-rules/order', { ruleIds: [other] });
    await asAdmin(`DELETE /v1/routing-rules/${other}`);
    const { items } = (await as('ann-1', 'GET /v1/routing-rules')).body as { items: object[] };
    expect(items.slice(0, 2)).toEqual([
      { ruleId: other, when: {}, to: { userId: crew[0] }, archived: true },
      { ...rule, when: { attribute }, to },
    ]);
  });

  it('ASG-7: say what is wrong with them', async () => {
    const to = { teamId: team };
    const refused: readonly (readonly [object, number, string])[] = [
      [{ when: {} }, 400, 'validation'],
      [{ to: {} }, 400, 'validation'],
      [{ to: { teamId: team, userId: 'ann-1' } }, 400, 'validation'],
      [{ to: { userId: 'ann-1', pick: 'roundRobin' } }, 400, 'validation'],
      [{ to: { teamId: team, pick: 'lottery' } }, 400, 'validation'],
      [{ when: { language: 'no language' }, to }, 400, 'validation'],
      [{ when: { colour: 'red' }, to }, 400, 'validation'],
      [{ to: { userId: 'nobody' } }, 422, 'unknown-user'],
      [{ to: { teamId: 'nobody' } }, 422, 'unknown-team'],
      [{ when: { channelId: 'fax' }, to }, 422, 'unknown-channel'],
      [{ when: { group: 'tin' }, to }, 422, 'unknown-group'],
      [{ when: { topic: 'joy' }, to }, 422, 'unknown-topic'],
      [{ when: { attribute: { alias: 'shoe', value: 1 } }, to }, 422, 'condition-misfit'],
    ];
    for (const [json, status, type] of refused) {
      const answer = await asAdmin('POST /v1/routing-rules', json);
      expect([answer.status, answer.body['type']]).toEqual([status, `/problems/${type}`]);
    }
    expect((await asAdmin('PUT /v1/routing-rules/order', { ruleIds: ['r'] })).body['type']).toBe(
      '/problems/order-unknown-rule',
    );
    expect((await asAdmin('GET /v1/routing-rules/r')).status).toBe(404);
  });
});

describe('a conversation that nobody has', () => {
  it('ASG-8, ASG-7: of a VIP goes to the team of VIPs, others to whom the next rule names', async () => {
    const vips = await made('POST /v1/teams', 'teamId', { name: 'VIPs' });
    await addRule({ when: { group: 'vip' }, to: { teamId: vips } });
    await addRule({ to: { userId: crew[0] } });
    const first = await receive();
    await assigned(first, { userId: crew[0] });
    const [contactId = ''] = first.split('.');
    await asAdmin(`PUT /v1/contacts/${contactId}/vip`);
    await asAdmin(`DELETE /v1/conversations/${first}/assignee`);
    await assigned(first, { teamId: vips });
  });

  it('ASG-7: goes by what the channel tells of somebody who writes for the first time', async () => {
    const rule = { when: { attribute: { alias: 'custom.plan', value: 'gold' } }, to: { userId: crew[1] } };
    await addRule(rule);
    await assigned(await receive({ profile: { plan: 'gold' } }), { userId: crew[1] });
  });

  it('ASG-11: goes by business hours', async () => {
    const never = { name: `Never ${tests}`, zone: 'UTC', hours: {} };
    const calendarId = await made('POST /v1/business-hours', 'calendarId', never);
    await asAdmin(`PUT /v1/channels/${channels['shop'] ?? ''}/business-hours`, { calendarId });
    await addRule({ when: { businessHours: 'open' }, to: { userId: crew[0] } });
    await addRule({ when: { businessHours: 'closed' }, to: { userId: crew[2] } });
    await assigned(await receive(), { userId: crew[2] });
  });

  it('ASG-7: goes in turn to those online with access, also when several come at once', async () => {
    await as(crew[1] ?? '', 'PUT /v1/presence', { state: 'away' });
    await addRule({ to: { teamId: team, pick: 'roundRobin' } });
    const before = await routed();
    const ids = await Promise.all(Array.from({ length: 4 }, () => receive()));
    await after(before.given + before.left + 4);
    const assignees = await Promise.all(ids.map(assigneeOf));
    const expected = [crew[0], crew[0], crew[2], crew[2]].map((userId) => ({ userId, teamId: team }));
    expect(new Set(assignees)).toEqual(new Set(expected));
    expect(assignees.filter((one) => (one as { userId: string }).userId === crew[0])).toHaveLength(2);
    // On the other channel nobody has access.
    const elsewhere = await receive({}, 'desk');
    await after(before.given + before.left + 5);
    expect(await assigneeOf(elsewhere)).toBeNull();
  });

  it('ASG-7: goes to the least busy, whose number counts what they took by hand', async () => {
    const [ann, bob, cem] = crew;
    for (const userId of [ann, ann, cem]) {
      await as(userId ?? '', `POST /v1/conversations/${await receive()}/messages`, { text: 'I take it.' });
    }
    await addRule({ to: { teamId: team, pick: 'leastBusy' } });
    const before = await routed();
    await until(async () => {
      const { body } = await asAdmin('GET /v1/users?limit=200');
      const items = body['items'] as { userId: string; openConversations: number }[];
      return items.find(({ userId }) => userId === ann)?.openConversations === 2;
    });
    await placesOf(ann ?? '', 2);
    await placesOf(cem ?? '', 1);
    const ids = await Promise.all(Array.from({ length: 6 }, () => receive()));
    await after(before.given + before.left + 6);
    const assignees = (await Promise.all(ids.map(assigneeOf))) as { userId: string }[];
    const given = crew.map((userId) => assignees.filter((one) => one.userId === userId).length);
    expect([given, bob]).toEqual([[1, 3, 2], crew[1]]);
  });

  it('ASG-7: 64 at once, three agents, a limit of five: 15 are given, 49 are not; a place that becomes free is given to one that waits', async () => {
    await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: 5 });
    for (const pick of ['roundRobin', 'leastBusy']) {
      await addRule({ when: { group: 'vip' }, to: { teamId: team, pick } });
    }
    await addRule({ to: { teamId: team, pick: 'leastBusy' } });
    const before = await routed();
    const ids = await Promise.all(Array.from({ length: 64 }, () => receive()));
    await after(before.given + before.left + 64);
    expect(await routed()).toEqual({ given: before.given + 15, left: before.left + 49 });
    const assignees = await Promise.all(ids.map(assigneeOf));
    for (const userId of crew) {
      expect(assignees.filter((one) => (one as { userId: string } | null)?.userId === userId)).toHaveLength(5);
    }
    expect(assignees.filter((one) => one === null)).toHaveLength(49);
    const held = ids[assignees.findIndex((one) => one !== null)] ?? '';
    const holder = (await assigneeOf(held)) as { userId: string };
    await asAdmin(`POST /v1/conversations/${held}/close`, {});
    // Of those that arrived together the first in the queue is the longest waiting, whichever that is.
    const waiting = ids.filter((_id, i) => assignees[i] === null);
    const now = async () => (await Promise.all(waiting.map(assigneeOf))).filter((one) => one !== null);
    await until(async () => (await now()).length > 0);
    expect(await now()).toEqual([{ userId: holder.userId, teamId: team }]);
    await placesOf(holder.userId, 5);
  });

  it('ASG-7, ASG-3: taken off who goes offline, goes to another one of the team', async () => {
    await addRule({ to: { teamId: team, pick: 'roundRobin' } });
    const conversationId = await receive();
    await assigned(conversationId, { userId: crew[0], teamId: team });
    await asAdmin(`PUT /v1/users/${crew[0] ?? ''}/channels`, { channelIds: [] });
    await until(async () => ((await assigneeOf(conversationId)) as { userId?: string }).userId === crew[1]);
    expect(await assigneeOf(conversationId)).toEqual({ userId: crew[1], teamId: team });
  });

  it('ASG-7: stays in the queue while nobody is online, and whoever has taken it keeps it', async () => {
    for (const userId of crew) await as(userId, 'PUT /v1/presence', { state: 'offline' });
    await addRule({ to: { teamId: team, pick: 'roundRobin' } });
    const before = await routed();
    const conversationId = await receive();
    await after(before.given + before.left + 1);
    expect(await assigneeOf(conversationId)).toBeNull();
    expect(await routed()).toEqual({ given: before.given, left: before.left + 1 });
  });

  it('ASG-7: is given to the agent of the team who comes online next, as far as their limit goes, the first of the queue first', async () => {
    const [ann = '', bob = ''] = crew;
    for (const userId of crew) await as(userId, 'PUT /v1/presence', { state: 'offline' });
    await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: 2 });
    await addRule({
      when: { attribute: { alias: 'custom.plan', value: `plan ${tests}` } },
      to: { teamId: team, pick: 'leastBusy' },
    });
    const before = await routed();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push(await receive({ profile: { plan: `plan ${tests}` } }));
    await after(before.given + before.left + 3);
    expect(await Promise.all(ids.map(assigneeOf))).toEqual([null, null, null]);
    const { items } = (await asAdmin('GET /v1/queue?view=new&limit=200')).body as {
      items: { conversationId: string }[];
    };
    const [first = '', second = '', third = ''] = items
      .map(({ conversationId }) => conversationId)
      .filter((id) => ids.includes(id));
    await as(bob, 'PUT /v1/presence', { state: 'online' });
    await until(async () => (await assigneeOf(second)) !== null);
    const bobs = { userId: bob, teamId: team };
    expect(await Promise.all([first, second, third].map(assigneeOf))).toEqual([bobs, bobs, null]);
    await as(ann, 'PUT /v1/presence', { state: 'online' });
    await assigned(third, { userId: ann, teamId: team });
  });
});

/** Waits until so many open conversations count for the user. */
async function placesOf(userId: string, count: number): Promise<void> {
  await until(async () => {
    const places = new Set<unknown>();
    for await (const { type, data } of api.store.readStream(`user-${userId}`)) {
      if (!('conversationId' in data)) continue;
      if (type === 'PlaceFreed') places.delete(data.conversationId);
      else places.add(data.conversationId);
    }
    return places.size === count;
  });
}
