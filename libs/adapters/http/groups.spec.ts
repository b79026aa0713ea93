import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const clock = createMovableClock('2026-11-21T09:00:00.000Z');
const day = 86_400_000;
let api: TestApi;
let admin: string;
let agent: string;

const define = (name: string, condition: object): Promise<Answer> =>
  api.call('POST /v1/groups', { token: admin, json: { name, condition } });

async function contact(name: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const attributes = Object.entries(values).map(([alias, value]) => ({ alias, value }));
  const { body } = await api.call('POST /v1/contacts', { token: agent, json: { name, attributes } });
  return String(body['contactId']);
}

/** Reads as new as the command before. */
async function read(path: string, after: Answer): Promise<Record<string, unknown>> {
  const headers = { 'ledger-position': String(after.body['position']) };
  return (await api.call(`GET ${path}`, { token: admin, headers })).body;
}

/** Asks until the members of the group are found; the test's time limit is the limit. */
async function settled(groupId: string): Promise<Record<string, unknown>> {
  for (;;) {
    const { body } = await api.call(`GET /v1/groups/${groupId}`, { token: admin });
    if (!('computing' in body)) return body;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function members(groupId: string): Promise<readonly string[]> {
  const { body } = await api.call(`GET /v1/groups/${groupId}/members`, { token: admin });
  return (body['items'] as { contactId: string }[]).map(({ contactId }) => contactId);
}

const gold = { field: 'attribute.tier', operator: 'is', value: 'gold' };

beforeAll(async () => {
  api = await startTestApi({ acting: true, clock });
  [admin, agent] = await Promise.all([token('admin'), token('agent')]);
  await api.call('POST /v1/attributes', { token: admin, json: { alias: 'tier', label: 'Tier', format: 'text' } });
  await api.call('POST /v1/attributes', { token: admin, json: { alias: 'renewal', label: 'Renewal', format: 'date' } });
});
afterAll(async () => {
  await api.close();
});

describe('contact groups over HTTP', () => {
  it('CON-7: finds the members that are there, and follows values and the condition', async () => {
    const [ada, bob] = [await contact('Ada', { tier: 'gold' }), await contact('Bob', { tier: 'tin' })];
    const defined = await define('Best', { all: [gold] });
    expect(defined.status).toBe(201);
    const groupId = String(defined.body['groupId']);
    expect(await settled(groupId)).toEqual({
      groupId,
      name: 'Best',
      condition: { all: [gold] },
      builtIn: false,
      archived: false,
      memberCount: 1,
    });
    expect(await members(groupId)).toEqual([ada]);

    const json = { value: 'Gold' };
    const set = await api.call(`PUT /v1/contacts/${bob}/attributes/tier`, { token: agent, json });
    expect(await read(`/v1/contacts/${bob}`, set)).toMatchObject({ groups: [groupId] });
    expect(new Set(await members(groupId))).toEqual(new Set([ada, bob]));

    const condition = { field: 'attribute.tier', operator: 'is', value: 'tin' };
    const changed = await api.call(`PATCH /v1/groups/${groupId}`, { token: admin, json: { name: 'Least', condition } });
    expect(changed.status).toBe(200);
    expect(await settled(groupId)).toMatchObject({ name: 'Least', condition, memberCount: 0 });
    expect(await read(`/v1/contacts/${bob}`, changed)).toMatchObject({ groups: [] });

    expect(await api.call(`DELETE /v1/groups/${groupId}`, { token: admin })).toMatchObject({ status: 200 });
    expect(await settled(groupId)).toMatchObject({ archived: true, memberCount: 0 });
  });

  it('ATT-6: VIP is a group that is always there; off, it has nobody, and marks are kept', async () => {
    const cid = await contact('Cid', { vip: true });
    const byMark = await define('Important', { field: 'vip', operator: 'is', value: true });
    const groupId = String(byMark.body['groupId']);
    await settled(groupId);
    expect(await read(`/v1/contacts/${cid}`, byMark)).toMatchObject({ vip: true, groups: ['vip', groupId] });
    expect(await members('vip')).toEqual([cid]);

    const off = await api.call('PATCH /v1/attributes/vip', { token: admin, json: { enabled: false } });
    for (let size: unknown = 1; size !== 0; size = (await settled(groupId))['memberCount']);
    expect(await read(`/v1/contacts/${cid}`, off)).toMatchObject({ vip: true, groups: [] });
    expect(await members('vip')).toEqual([]);
    expect(await api.call(`PUT /v1/contacts/${cid}/vip`, { token: agent })).toMatchObject({
      status: 409,
      body: { type: '/problems/vip-disabled' },
    });
    const on = await api.call('PATCH /v1/attributes/vip', { token: admin, json: { enabled: true } });
    for (let size: unknown = 0; size !== 1; size = (await settled(groupId))['memberCount']);
    expect(await read(`/v1/contacts/${cid}`, on)).toMatchObject({ groups: ['vip', groupId] });
  });

  it('CON-7: goes by the recorded day: who is due tomorrow is in it tomorrow', async () => {
    const eve = await contact('Eve', { renewal: '2026-11-21' });
    const condition = { field: 'attribute.renewal', operator: 'before', value: { days: 0 } };
    const defined = await define('Due', condition);
    const groupId = String(defined.body['groupId']);
    await settled(groupId);
    expect(await members(groupId)).toEqual([]);
    clock.jump(day);
    while ((await members(groupId)).length === 0);
    expect(await members(groupId)).toEqual([eve]);
  });

  it.each([
    [{ name: 'x', condition: { field: 'shoeSize', operator: 'is', value: 1 } }, 422, 'condition-misfit', '/field'],
    [{ name: 'x', condition: { any: [] } }, 422, 'condition-misfit', '/any'],
    [{ name: 'x', condition: [] }, 400, 'validation', undefined],
    [{ name: 'x' }, 400, 'validation', undefined],
    [{ name: 'vip', condition: gold }, 409, 'group-name-taken', undefined],
  ])('CON-7: refuses %j: %i %s', async (json, status, code, pointer) => {
    const answer = await api.call('POST /v1/groups', { token: admin, json });
    expect(answer).toMatchObject({ status, body: { type: `/problems/${code}` } });
    expect(answer.body['pointer']).toBe(pointer);
  });

  it('CON-7, ATT-6: there is no changing what is not there, or the group VIP', async () => {
    expect(await api.call('PATCH /v1/groups/none', { token: admin, json: { name: 'x' } })).toMatchObject({
      status: 404,
    });
    expect(await api.call('GET /v1/groups/none', { token: admin })).toMatchObject({ status: 404 });
    expect(await api.call('GET /v1/groups/none/members', { token: admin })).toMatchObject({ status: 404 });
    expect(await api.call('DELETE /v1/groups/vip', { token: admin })).toMatchObject({
      status: 409,
      body: { type: '/problems/built-in-group' },
    });
    const { body } = await api.call('GET /v1/groups', { token: agent });
    expect(body['items']).toContainEqual(
      expect.objectContaining({ groupId: 'vip', name: 'VIP', builtIn: true, archived: false }),
    );
  });
});
