import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let shop: string;
let desk: string;

beforeAll(async () => {
  api = await startTestApi({ described: true });
  [admin, agent, service] = await Promise.all([token('admin'), token('agent'), token('service')]);
  [shop, desk] = [await connect('Shop'), await connect('Desk')];
  await api.call('GET /v1/queue', { token: agent });
  await api.call('PUT /v1/users/agent/channels', { token: admin, json: { channelIds: [shop, desk] } });
  await api.call('POST /v1/attributes', { token: admin, json: { alias: 'tier', label: 'Tier', format: 'text' } });
  await api.call('POST /v1/attributes', { token: admin, json: { alias: 'city', label: 'City', format: 'text' } });
});
afterAll(async () => {
  await api.close();
});

async function connect(name: string): Promise<string> {
  const { body } = await api.call('POST /v1/channels', { token: admin, json: { medium: 'custom', name } });
  return String(body['channelId']);
}

interface Received {
  readonly messageId: string;
  readonly contactId: string;
  readonly conversationId: string;
}

async function receive(channelId: string, externalMessageId: string, externalUserId: string): Promise<Received> {
  const json = { externalMessageId, from: { externalUserId }, text: `text ${externalMessageId}` };
  const { body } = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
  return {
    messageId: String(body['messageId']),
    contactId: String(body['contactId']),
    conversationId: String(body['conversationId']),
  };
}

const read = (path: string, after: Answer, bearer = agent): Promise<Answer> =>
  api.call(`GET ${path}`, { token: bearer, headers: { 'ledger-position': String(after.body['position']) } });
const set = (contactId: string, alias: string, value: string): Promise<Answer> =>
  api.call(`PUT /v1/contacts/${contactId}/attributes/${alias}`, { token: agent, json: { value } });
const merge = (contactId: string, secondaryId: string, winners: object = {}, headers = {}): Promise<Answer> =>
  api.call(`POST /v1/contacts/${contactId}/merge`, { token: agent, json: { secondaryId, winners }, headers });
const undo = (mergeId: unknown): Promise<Answer> =>
  api.call(`POST /v1/merges/${String(mergeId)}/undo`, { token: agent });
const reply = (conversationId: string, text: string): Promise<Answer> =>
  api.call(`POST /v1/conversations/${conversationId}/messages`, { token: agent, json: { text } });

async function textsIn(conversationId: string, after: Answer): Promise<unknown[]> {
  const { body } = await read(`/v1/conversations/${conversationId}/messages`, after);
  return (body['items'] as { text: string }[]).map(({ text }) => text);
}

/** The page of a contact without what may differ after a merge and its undoing. */
const comparable = ({ body }: Answer): object => ({ ...body, conversations: 0, conversationCount: 0 });

describe('merging two contacts', () => {
  it('CON-5: previews, asks for winners, merges, redirects, and gives both back', async () => {
    const ada = await receive(shop, 'a1', 'ada');
    const eve = await receive(desk, 'e1', 'eve');
    await reply(ada.conversationId, 'Hello Ada');
    await set(ada.contactId, 'tier', 'gold');
    await set(eve.contactId, 'tier', 'silver');
    await set(eve.contactId, 'city', 'Delft');
    await api.call(`PUT /v1/contacts/${eve.contactId}/vip`, { token: agent });
    const noted = await api.call(`POST /v1/contacts/${eve.contactId}/notes`, {
      token: agent,
      json: { text: 'Likes tea' },
    });
    const before = {
      ada: await read(`/v1/contacts/${ada.contactId}`, noted),
      eve: await read(`/v1/contacts/${eve.contactId}`, noted),
    };

    const preview = await read(`/v1/contacts/${ada.contactId}/merge/preview?with=${eve.contactId}`, noted);
    expect(preview.body).toMatchObject({
      identities: [{ externalUserId: 'eve' }],
      conflicts: [
        {
          alias: 'tier',
          values: [
            { contactId: ada.contactId, value: 'gold' },
            { contactId: eve.contactId, value: 'silver' },
          ],
        },
      ],
      vip: true,
      blocked: false,
      obstacle: null,
    });

    expect(await merge(ada.contactId, eve.contactId)).toMatchObject({
      status: 409,
      body: { type: '/problems/winner-needed', aliases: ['tier'] },
    });
    const merged = await merge(ada.contactId, eve.contactId, { tier: eve.contactId });
    expect(merged.status).toBe(201);

    const page = await read(`/v1/contacts/${ada.contactId}`, merged);
    expect(page.body).toMatchObject({
      identities: [{ externalUserId: 'ada' }, { externalUserId: 'eve' }],
      attributes: expect.arrayContaining([
        expect.objectContaining({ alias: 'tier', value: 'silver' }),
        expect.objectContaining({ alias: 'city', value: 'Delft' }),
      ]) as unknown,
      vip: true,
      notes: [{ text: 'Likes tea' }],
      conversationCount: 2,
    });
    expect((await read(`/v1/conversations/${eve.conversationId}`, merged)).body).toMatchObject({
      status: 'closed',
      closedBy: { cause: 'merge' },
    });
    // Eve waited: now Ada's conversation does.
    expect((await read(`/v1/conversations/${ada.conversationId}`, merged)).body).toMatchObject({ status: 'new' });
    expect((await read('/v1/queue', merged)).body['items']).toMatchObject([
      { conversationId: ada.conversationId, status: 'new', vip: true },
    ]);

    const gone = await read(`/v1/contacts/${eve.contactId}`, merged);
    expect(gone.status).toBe(301);
    expect(gone.headers.get('location')).toBe(`/v1/contacts/${ada.contactId}`);
    expect(gone.headers.get('cache-control')).toBe('no-store');
    const put = await api.call(`PUT /v1/contacts/${eve.contactId}/name`, { token: agent, json: { name: 'Eve' } });
    expect(put.status).toBe(308);
    expect(put.headers.get('location')).toBe(`/v1/contacts/${ada.contactId}/name`);

    // CON-2: delivered again, it is the same message with the same answer.
    expect(await receive(desk, 'e1', 'eve')).toEqual(eve);
    const more = await receive(desk, 'e2', 'eve');
    expect(more).toMatchObject({ contactId: ada.contactId, conversationId: ada.conversationId });
    const answered = await reply(ada.conversationId, 'Hello Eve');
    expect(await textsIn(ada.conversationId, answered)).toEqual(['text a1', 'Hello Ada', 'text e2', 'Hello Eve']);

    const undone = await undo(merged.body['mergeId']);
    expect(undone).toMatchObject({ status: 200, body: { stayed: { notes: [], attributes: [] } } });
    expect(await textsIn(ada.conversationId, undone)).toEqual(['text a1', 'Hello Ada']);
    const [adaAgain, eveAgain] = [
      await read(`/v1/contacts/${ada.contactId}`, undone),
      await read(`/v1/contacts/${eve.contactId}`, undone),
    ];
    expect(comparable(adaAgain)).toEqual({ ...comparable(before.ada), assignee: { userId: 'agent' } });
    expect(comparable(eveAgain)).toEqual(comparable(before.eve));
    const [newest] = eveAgain.body['conversations'] as { conversationId: string; status: string }[];
    expect(newest?.status).toBe('closed');
    expect(await textsIn(String(newest?.conversationId), undone)).toEqual(['text e2', 'Hello Eve']);
    expect(await receive(desk, 'e2', 'eve')).toEqual(more);
    expect(await receive(desk, 'e3', 'eve')).toMatchObject({ contactId: eve.contactId });
    expect(await undo(merged.body['mergeId'])).toMatchObject({ status: 409, body: { type: '/problems/merge-undone' } });
  });

  it('CON-5: tells what stays with the primary: notes, topics, assignments made while merged', async () => {
    const [one, two] = [await receive(shop, 't1', 't1'), await receive(desk, 't2', 't2')];
    const topic = async (name: string): Promise<string> => {
      const { body } = await api.call('POST /v1/topics', { token: admin, json: { name } });
      return String(body['topicId']);
    };
    const [early, late, gone] = [await topic('Early'), await topic('Late'), await topic('Gone')];
    const { conversationId } = one;
    const path = `/v1/conversations/${conversationId}/topics`;
    await api.call(`PUT ${path}/${early}`, { token: agent });
    const merged = await merge(one.contactId, two.contactId);
    for (const topicId of [late, gone]) await api.call(`PUT ${path}/${topicId}`, { token: agent });
    await api.call(`DELETE ${path}/${gone}`, { token: agent });
    await api.call(`PUT /v1/conversations/${conversationId}/assignee`, { token: agent, json: { userId: 'agent' } });
    expect((await undo(merged.body['mergeId'])).body['stayed']).toMatchObject({
      topics: [{ conversationId, topicId: late }],
      assignments: [{ conversationId, userId: 'agent' }],
    });
  });

  it('CON-5: gives back who waits: to each what was asked of them', async () => {
    const bo = await receive(shop, 'b1', 'bo');
    const di = await receive(desk, 'd1', 'di');
    await reply(bo.conversationId, 'Done');
    const merged = await merge(bo.contactId, di.contactId);
    expect((await read(`/v1/conversations/${bo.conversationId}`, merged)).body).toMatchObject({ status: 'new' });
    const undone = await undo(merged.body['mergeId']);
    expect((await read(`/v1/conversations/${bo.conversationId}`, undone)).body).toMatchObject({
      status: 'pending',
      waitingSince: null,
    });
    const [newest] = (await read(`/v1/contacts/${di.contactId}`, undone)).body['conversations'] as {
      conversationId: string;
    }[];
    expect((await read(`/v1/conversations/${String(newest?.conversationId)}`, undone)).body).toMatchObject({
      status: 'new',
      contactId: di.contactId,
    });
  });

  it('CON-5: chains of merges end at the last primary, and are undone newest first', async () => {
    const [one, two, three] = [
      await receive(shop, 'c1', 'c1'),
      await receive(shop, 'c2', 'c2'),
      await receive(shop, 'c3', 'c3'),
    ];
    const first = await merge(two.contactId, one.contactId);
    const second = await merge(three.contactId, two.contactId);
    const moved = await read(`/v1/contacts/${one.contactId}`, second);
    expect(moved.headers.get('location')).toBe(`/v1/contacts/${three.contactId}`);
    const put = await api.call(`PUT /v1/contacts/${one.contactId}/vip`, { token: agent });
    expect(put.headers.get('location')).toBe(`/v1/contacts/${three.contactId}/vip`);
    expect(await receive(shop, 'c1-2', 'c1')).toMatchObject({ contactId: three.contactId });
    expect(await undo(first.body['mergeId'])).toMatchObject({
      status: 409,
      body: { type: '/problems/later-merge-first', mergeId: second.body['mergeId'] },
    });
    expect((await undo(second.body['mergeId'])).status).toBe(200);
    expect(await receive(shop, 'c1-3', 'c1')).toMatchObject({ contactId: two.contactId });
    expect((await undo(first.body['mergeId'])).status).toBe(200);
    expect(await receive(shop, 'c1-4', 'c1')).toMatchObject({ contactId: one.contactId });
  });

  it('CON-5: what cannot be merged has a problem of its own', async () => {
    const [one, two, three] = [
      await receive(shop, 'p1', 'p1'),
      await receive(shop, 'p2', 'p2'),
      await receive(shop, 'p3', 'p3'),
    ];
    const type = async (answer: Promise<Answer>) => {
      const { status, body } = await answer;
      return [status, body['type']];
    };
    expect(await type(merge(one.contactId, one.contactId))).toEqual([422, '/problems/merge-with-itself']);
    expect(await type(merge(one.contactId, 'nobody'))).toEqual([404, '/problems/not-found']);
    await set(one.contactId, 'tier', 'gold');
    await set(two.contactId, 'tier', 'silver');
    expect(await type(merge(one.contactId, two.contactId, { tier: three.contactId }))).toEqual([
      422,
      '/problems/unknown-winner',
    ]);
    expect(await type(merge(one.contactId, two.contactId, { tier: 7 }))).toEqual([400, '/problems/validation']);
    await merge(one.contactId, two.contactId, { tier: one.contactId });
    expect(await type(merge(three.contactId, two.contactId))).toEqual([409, '/problems/already-merged']);
    await api.call(`DELETE /v1/contacts/${three.contactId}`, { token: admin, json: { hint: 'p••••' } });
    expect(await type(merge(one.contactId, three.contactId))).toEqual([409, '/problems/secondary-deleted']);
    expect(await type(undo('nobody.1'))).toEqual([404, '/problems/not-found']);
    expect(await type(undo('nothing'))).toEqual([404, '/problems/not-found']);
  });

  it('CON-5: of eight that ask for the same merge at once one has it, and under one key all do', async () => {
    const [one, two, three] = [
      await receive(shop, 'e1', 'e1'),
      await receive(shop, 'e2', 'e2'),
      await receive(shop, 'e3', 'e3'),
    ];
    const atOnce = (secondaryId: string, headers: object) =>
      Promise.all(Array.from({ length: 8 }, () => merge(one.contactId, secondaryId, {}, headers)));
    const answers = await atOnce(two.contactId, {});
    const [first, ...others] = answers.toSorted((a, b) => a.status - b.status);
    expect([first?.status, first?.body['mergeId']]).toEqual([201, `${two.contactId}.1`]);
    const tooLate = { type: '/problems/already-merged', contactId: two.contactId, primaryId: one.contactId };
    expect(others).toMatchObject(others.map(() => ({ status: 409, body: tooLate })));
    const same = await atOnce(three.contactId, { 'idempotency-key': 'eight' });
    expect(same.map(({ status, body }) => [status, body['mergeId']])).toEqual(
      same.map(() => [201, `${three.contactId}.1`]),
    );
  });

  it('CON-5: is answered the same again under its Idempotency-Key, also after it was undone', async () => {
    const [one, two] = [await receive(shop, 'i1', 'i1'), await receive(shop, 'i2', 'i2')];
    const key = { 'idempotency-key': 'merge-1' };
    const first = await merge(one.contactId, two.contactId, {}, key);
    expect(await merge(one.contactId, two.contactId, {}, key)).toMatchObject({
      status: 201,
      body: { mergeId: first.body['mergeId'] },
    });
    await undo(first.body['mergeId']);
    expect(await merge(one.contactId, two.contactId, {}, key)).toMatchObject({
      status: 201,
      body: { mergeId: first.body['mergeId'] },
    });
    expect(await receive(shop, 'i3', 'i2')).toMatchObject({ contactId: two.contactId });
  });

  it('CON-5, CON-6: a block comes along, and goes with the undoing', async () => {
    const [one, two] = [await receive(shop, 'k1', 'k1'), await receive(shop, 'k2', 'k2')];
    await api.call(`PUT /v1/contacts/${two.contactId}/block`, { token: agent });
    const merged = await merge(one.contactId, two.contactId);
    expect((await read(`/v1/contacts/${one.contactId}`, merged)).body).toMatchObject({ blocked: true });
    expect((await read(`/v1/conversations/${one.conversationId}`, merged)).body).toMatchObject({
      closedBy: { cause: 'block' },
    });
    const undone = await undo(merged.body['mergeId']);
    expect((await read(`/v1/contacts/${one.contactId}`, undone)).body).toMatchObject({ blocked: false });
    expect((await read(`/v1/contacts/${two.contactId}`, undone)).body).toMatchObject({ blocked: true });
    expect(await receive(shop, 'k3', 'k1')).toMatchObject({ contactId: one.contactId });
  });

  it('CON-5: lists what stays with the primary', async () => {
    const [one, two] = [await receive(shop, 's1', 's1'), await receive(shop, 's2', 's2')];
    const merged = await merge(one.contactId, two.contactId);
    const path = `/v1/contacts/${one.contactId}`;
    const { noteId } = (await api.call(`POST ${path}/notes`, { token: agent, json: { text: 'Since' } })).body;
    await set(one.contactId, 'city', 'Gouda');
    await api.call(`PUT /v1/conversations/${one.conversationId}/assignee`, { token: agent, json: { userId: 'agent' } });
    const undone = await undo(merged.body['mergeId']);
    expect(undone.body['stayed']).toEqual({
      notes: [noteId],
      attributes: ['city'],
      internalNotes: [],
      topics: [],
      assignments: [{ conversationId: one.conversationId, userId: 'agent' }],
    });
    expect((await read(path, undone)).body).toMatchObject({ notes: [{ noteId }], attributes: [{ alias: 'city' }] });
  });

  it('CON-5: equal phone numbers never merge by themselves', async () => {
    const [one, two] = [await receive(shop, 'n1', 'n1'), await receive(desk, 'n2', 'n2')];
    await api.call('POST /v1/attributes', {
      token: admin,
      json: { alias: 'mobile', label: 'Mobile', format: 'phone' },
    });
    await set(one.contactId, 'mobile', '+31612345678');
    const same = await set(two.contactId, 'mobile', '+31612345678');
    expect((await read(`/v1/contacts/${two.contactId}`, same)).status).toBe(200);
    expect(await receive(desk, 'n3', 'n2')).toMatchObject({ contactId: two.contactId });
  });
});

describe('a merged contact', () => {
  it('ASG-6: is seen and touched by who sees either of them, each in part', async () => {
    const [one, two] = [await receive(shop, 'v1', 'v1'), await receive(desk, 'v2', 'v2')];
    const merged = await merge(one.contactId, two.contactId);
    const deskOnly = await token('agent', 'desk-only');
    await api.call('GET /v1/queue', { token: deskOnly });
    await api.call('PUT /v1/users/desk-only/channels', { token: admin, json: { channelIds: [desk] } });
    const page = await read(`/v1/contacts/${one.contactId}`, merged, deskOnly);
    expect(page.body).toMatchObject({ name: 'v••••', identities: [{ externalUserId: 'v2' }], conversationCount: 1 });
    const vip = await api.call(`PUT /v1/contacts/${one.contactId}/vip`, { token: deskOnly });
    expect(vip.status).toBe(200);
  });

  it('CON-4: its notes are edited where they are seen, and go back as they are then', async () => {
    const [one, two] = [await receive(shop, 'o1', 'o1'), await receive(desk, 'o2', 'o2')];
    const { noteId } = (
      await api.call(`POST /v1/contacts/${two.contactId}/notes`, { token: agent, json: { text: 'Old' } })
    ).body;
    const merged = await merge(one.contactId, two.contactId);
    const path = `/v1/contacts/${one.contactId}/notes/${String(noteId)}`;
    const edited = await api.call(`PATCH ${path}`, { token: agent, json: { text: 'New' } });
    expect((await read(`/v1/contacts/${one.contactId}/notes`, edited)).body['items']).toMatchObject([
      { noteId, text: 'New' },
    ]);
    const undone = await undo(merged.body['mergeId']);
    expect((await read(`/v1/contacts/${two.contactId}`, undone)).body['notes']).toMatchObject([{ text: 'New' }]);
    expect((await read(`/v1/contacts/${one.contactId}`, undone)).body['notes']).toEqual([]);
  });

  it('CNV-1: has all conversations in one list with a cursor', async () => {
    const [one, two] = [await receive(shop, 'l1', 'l1'), await receive(desk, 'l2', 'l2')];
    const merged = await merge(one.contactId, two.contactId);
    const path = `/v1/contacts/${one.contactId}/conversations`;
    const first = await read(`${path}?limit=1`, merged);
    const second = await read(`${path}?limit=1&cursor=${String(first.body['nextCursor'])}`, merged);
    const ids = [first, second].map(({ body }) => (body['items'] as { conversationId: string }[])[0]?.conversationId);
    expect(ids.sort()).toEqual([one.conversationId, two.conversationId].sort());
    expect(second.body['nextCursor']).toBeUndefined();
    const list = await api.call(`GET /v1/contacts/${two.contactId}/conversations`, { token: agent });
    expect(list.headers.get('location')).toBe(path);
  });
});
