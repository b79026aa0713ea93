import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const clock = createMovableClock();
let api: TestApi;
let admin: string;
let ann: string;
let bob: string;
let service: string;
let shop: string;
let messages = 0;

const get = (path: string, bearer: string, after: Answer): Promise<Answer> =>
  api.call(`GET /v1/${path}`, {
    token: bearer,
    headers: { 'ledger-position': String(after.body['position']) },
  });
const post = (path: string, bearer: string, json: object, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call(`POST /v1/${path}`, { token: bearer, json, headers });

async function begin(externalUserId: string): Promise<string> {
  const json = { externalMessageId: `m${messages++}`, from: { externalUserId }, text: 'Hello' };
  return String((await post(`channels/${shop}/inbound`, service, json)).body['conversationId']);
}

const bulk = (json: object, headers: Record<string, string> = {}): Promise<Answer> =>
  post('conversations/bulk', ann, json, headers);

beforeAll(async () => {
  api = await startTestApi({ clock, acting: true });
  [admin, ann, bob, service] = await Promise.all([
    token('admin'),
    token('agent', 'ann'),
    token('agent', 'bob'),
    token('service'),
  ]);
  shop = String((await post('channels', admin, { medium: 'custom', name: 'Shop' })).body['channelId']);
  for (const [bearer, user] of [
    [ann, 'ann'],
    [bob, 'bob'],
  ] as const) {
    await api.call('GET /v1/queue', { token: bearer });
    await api.call(`PUT /v1/users/${user}/channels`, { token: admin, json: { channelIds: [shop] } });
  }
});
afterAll(async () => {
  await api.close();
});

describe('many conversations at once', () => {
  it('ASG-10: assigns, labels, snoozes and closes, with a result for each', async () => {
    const [one, two] = [await begin('one'), await begin('two')];
    const ids = [one, two, 'none.1', one];
    const missing = {
      conversationId: 'none.1',
      done: false,
      problem: {
        type: '/problems/not-found',
        title: 'Not found',
        status: 404,
        detail: 'Nothing is there for you under this address.',
        instance: '/v1/conversations/bulk',
      },
    };
    const assigned = await bulk({ action: 'assign', ids, userId: 'bob' });
    expect(assigned.body['items']).toEqual([
      { conversationId: one, done: true },
      { conversationId: two, done: true },
      missing,
    ]);
    const topicId = String((await post('topics', admin, { name: 'Delay' })).body['topicId']);
    await bulk({ action: 'topic', ids, topicId });
    const snoozed = await bulk({ action: 'snooze', ids: [two], until: '2026-05-01T08:00:00Z' });
    expect((await get(`conversations/${two}`, ann, snoozed)).body).toMatchObject({
      assignee: { userId: 'bob' },
      topics: [topicId],
      status: 'snoozed',
    });
    const closed = await bulk({ action: 'close', ids, summary: 'Done' });
    expect((await get(`conversations/${one}`, ann, closed)).body).toMatchObject({ closingNote: { summary: 'Done' } });
    const again = await bulk({ action: 'close', ids: [one] });
    expect((again.body['items'] as object[])[0]).toMatchObject({
      done: false,
      problem: { type: '/problems/conversation-closed', status: 409 },
    });
  });

  it('ASG-10: takes what a filter of the queue finds, as far as the caller sees it', async () => {
    const ids = [await begin('filtered-1'), await begin('filtered-2'), await begin('other-3')];
    const assigned = await bulk({ action: 'assign', ids, userId: 'bob' });
    const seen = (after: Answer) => ({ 'ledger-position': String(after.body['position']) });
    const filter = { assignee: 'bob', status: 'new', q: 'filtered' };
    const done = await bulk({ action: 'close', filter }, seen(assigned));
    // They wait alike: the id decides.
    const closed = ids.slice(0, 2).sort();
    expect(done.body['items']).toEqual(closed.map((conversationId) => ({ conversationId, done: true })));
    expect((await get(`conversations/${ids[2] ?? ''}`, ann, done)).body).toMatchObject({ status: 'new' });
    const nothing = await bulk({ action: 'close', filter }, seen(done));
    expect([nothing.status, nothing.body['items']]).toEqual([200, []]);
    const ofNobody = await post('conversations/bulk', await token('agent', 'eve'), { action: 'close', filter: {} });
    expect(ofNobody.body['items']).toEqual([]);
  });

  it('ASG-10: under the same key each item is done once', async () => {
    const id = await begin('again');
    const key = { 'idempotency-key': 'bulk-1' };
    const first = await bulk({ action: 'assign', ids: [id], userId: 'bob' }, key);
    await api.call(`DELETE /v1/conversations/${id}/assignee`, { token: ann });
    const second = await bulk({ action: 'assign', ids: [id], userId: 'bob' }, key);
    expect(second.body).toEqual(first.body);
    expect((await get(`conversations/${id}`, ann, second)).body).toMatchObject({ assignee: null });
  });

  it('ASG-10: takes 1 to 500 ids and what its action needs', async () => {
    const ids = Array.from({ length: 501 }, (_, n) => `c.${n + 1}`);
    for (const json of [
      { action: 'close', ids },
      { action: 'close', ids: [] },
      { action: 'snooze', ids: ['c.1'] },
      { action: 'topic', ids: ['c.1'] },
      { action: 'assign', ids: ['c.1'], userId: 'a', teamId: 'b' },
      { action: 'erase', ids: ['c.1'] },
      { action: 'close' },
      { action: 'close', ids: ['c.1'], filter: {} },
      { action: 'close', filter: { colour: 'red' } },
      { action: 'close', filter: { view: 'closed' } },
    ]) {
      expect((await bulk(json)).status).toBe(400);
    }
  });
});

describe('mentions', () => {
  it('CNV-6: list the notes that ask me to look, while I see the conversation; all notes are listed with it', async () => {
    const id = await begin('mentioned');
    const path = `conversations/${id}/notes`;
    const noted = await post(path, ann, { text: 'Look, please', mentions: ['bob'] });
    const note = {
      noteId: noted.body['noteId'],
      conversationId: id,
      contactId: id.slice(0, -2),
      text: 'Look, please',
      author: { id: 'ann', role: 'agent' },
      at: clock.now(),
      mentions: ['bob'],
    };
    expect((await get('mentions', bob, noted)).body).toEqual({ items: [note] });
    expect((await get('mentions', ann, noted)).body).toEqual({ items: [] });
    expect((await get(path, ann, noted)).body).toEqual({ items: [note] });
    expect(await post(path, ann, { text: 'Hm', mentions: ['nobody'] })).toMatchObject({
      status: 422,
      body: { type: '/problems/mentioned-without-access', userId: 'nobody' },
    });
    const json = { channelIds: [] };
    const revoked = await api.call('PUT /v1/users/bob/channels', { token: admin, json });
    expect((await get('mentions', bob, revoked)).body).toEqual({ items: [] });
    await api.call('PUT /v1/users/bob/channels', { token: admin, json: { channelIds: [shop] } });
  });
});

describe('automatic closes', () => {
  it('CNV-8, CNV-9: what is answered and idle is closed with the configured category, what waits is not', async () => {
    const [idle, waiting] = [await begin('idle'), await begin('waiting')];
    await post(`conversations/${idle}/messages`, ann, { text: 'Anything else?' });
    const category = await post('closing-categories', admin, { name: 'No answer' });
    const categoryId = String(category.body['categoryId']);
    const settings = { closingNotes: { mode: 'both', automaticCategory: categoryId } };
    await api.call('PATCH /v1/settings', { token: admin, json: settings });
    const limit = { settings: { closeAfter: 'P7D' } };
    expect((await api.call(`PATCH /v1/channels/${shop}`, { token: admin, json: limit })).status).toBe(200);
    expect((await api.call(`GET /v1/channels/${shop}`, { token: admin })).body).toMatchObject(limit);
    clock.jump(8 * 86_400_000);
    let shown: Answer;
    do {
      // The channel is looked at every five minutes; a look may just be over.
      clock.jump(360_000);
      shown = await api.call(`GET /v1/conversations/${idle}`, { token: ann });
    } while (shown.body['status'] === 'pending');
    expect(shown.body).toMatchObject({
      status: 'closed',
      closedBy: { cause: 'inactivity', actor: { id: 'when-idle-then-close', role: 'workflow' } },
      closingNote: { category: categoryId },
    });
    expect((await api.call(`GET /v1/conversations/${waiting}`, { token: ann })).body).toMatchObject({ status: 'new' });
    for (const closeAfter of ['a week', 'P0D', 7]) {
      const json = { settings: { closeAfter } };
      expect((await api.call(`PATCH /v1/channels/${shop}`, { token: admin, json })).status).toBe(400);
    }
  });
});
