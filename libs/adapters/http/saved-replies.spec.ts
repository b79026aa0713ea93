import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let ann: string;
let bob: string;
let service: string;
let shop: string;
let desk: string;
let messages = 0;

const position = (after: Answer) => ({ 'ledger-position': String(after.body['position']) });
const post = (path: string, bearer: string, json: object = {}): Promise<Answer> =>
  api.call(`POST /v1/${path}`, { token: bearer, json });
const get = (path: string, bearer: string, after?: Answer): Promise<Answer> =>
  api.call(`GET /v1/${path}`, { token: bearer, ...(after && { headers: position(after) }) });

async function begin(externalUserId: string, more: object = {}, channelId = shop): Promise<Answer> {
  const json = { externalMessageId: `m${messages++}`, from: { externalUserId, ...more }, text: 'Hello' };
  return post(`channels/${channelId}/inbound`, service, json);
}

async function collectionOf(bearer: string, json: object, ...texts: string[]): Promise<string[]> {
  const { body } = await post('saved-reply-collections', bearer, { name: 'Shipping', ...json });
  const replies: string[] = [];
  for (const [n, text] of texts.entries()) {
    const reply = { title: `Reply ${n}`, shortcut: `r${n}`, text };
    const added = await post(`saved-reply-collections/${String(body['collectionId'])}/replies`, bearer, reply);
    replies.push(String(added.body['replyId']));
  }
  return [String(body['collectionId']), ...replies];
}

beforeAll(async () => {
  api = await startTestApi();
  [admin, ann, bob, service] = await Promise.all([
    token('admin'),
    token('agent', 'ann'),
    token('agent', 'bob'),
    token('service'),
  ]);
  const connect = async (name: string) =>
    String((await post('channels', admin, { medium: 'custom', name })).body['channelId']);
  [shop, desk] = [await connect('Shop'), await connect('Desk')];
  for (const [bearer, user] of [
    [ann, 'ann'],
    [bob, 'bob'],
  ] as const) {
    await get('queue', bearer);
    await api.call(`PUT /v1/users/${user}/channels`, { token: admin, json: { channelIds: [shop, desk] } });
  }
});
afterAll(async () => {
  await api.close();
});

describe('saved replies', () => {
  it('REP-1: personal ones are seen and sent by their owner alone', async () => {
    const [collectionId = '', replyId = ''] = await collectionOf(ann, { personal: true }, 'Mine');
    const { conversationId } = (await begin('personal')).body;
    expect((await get(`saved-reply-collections/${collectionId}`, ann)).body).toMatchObject({ personal: true });
    for (const other of [bob, admin]) {
      expect((await get(`saved-reply-collections/${collectionId}`, other)).status).toBe(404);
      expect(
        (await post(`conversations/${String(conversationId)}/messages`, other, { savedReplyId: replyId })).status,
      ).toBe(404);
    }
    expect((await post('saved-reply-collections', ann, { name: 'Ours' })).body).toMatchObject({
      type: '/problems/shared-by-admins',
      status: 403,
    });
  });

  it('REP-1: a channel’s are offered and sent where that is the current one', async () => {
    const [, replyId = ''] = await collectionOf(admin, { channelIds: [desk] }, 'At the desk');
    const inShop = await begin('channel');
    const atDesk = await begin('channel at the desk', {}, desk);
    const offered = async (came: Answer) => {
      const { body } = await get(`saved-replies?conversation=${String(came.body['conversationId'])}`, ann, came);
      return (body['items'] as { replyId: string }[]).map((item) => item.replyId);
    };
    expect(await offered(inShop)).not.toContain(replyId);
    expect(await offered(atDesk)).toContain(replyId);
    const send = (came: Answer) =>
      post(`conversations/${String(came.body['conversationId'])}/messages`, ann, { savedReplyId: replyId });
    expect((await send(inShop)).status).toBe(404);
    expect((await send(atDesk)).status).toBe(201);
  });

  it('REP-2: variables are strict when saving, rendering and sending', async () => {
    const text = 'Hello {{contact.firstName|there}}, your tier is {{attribute.tier}}. {{agent.name}}';
    const [collectionId = ''] = await collectionOf(admin, {});
    const reply = { title: 'Tier', shortcut: 'tier', text };
    const path = `saved-reply-collections/${collectionId}/replies`;
    expect((await post(path, admin, reply)).body).toMatchObject({
      type: '/problems/unknown-variable',
      status: 422,
      variable: '{{attribute.tier}}',
    });
    await post('attributes', admin, { alias: 'tier', label: 'Tier', format: 'text' });
    const replyId = String((await post(path, admin, reply)).body['replyId']);
    const came = await begin('strict', { displayName: 'Amina Okafor' });
    const { conversationId, contactId } = came.body as Record<string, string>;
    const render = (after: Answer) =>
      api.call(`POST /v1/saved-replies/${replyId}/render`, {
        token: ann,
        json: { conversationId },
        headers: position(after),
      });
    const lacking = { type: '/problems/variable-without-value', status: 422, variable: 'attribute.tier' };
    expect((await render(came)).body).toMatchObject(lacking);
    expect(
      (await post(`conversations/${conversationId ?? ''}/messages`, ann, { savedReplyId: replyId })).body,
    ).toMatchObject(lacking);
    const set = await api.call(`PUT /v1/contacts/${contactId ?? ''}/attributes/tier`, {
      token: ann,
      json: { value: 'gold' },
    });
    expect((await render(set)).body).toEqual({ text: 'Hello Amina, your tier is gold. ann' });
    const sent = await post(`conversations/${conversationId ?? ''}/messages`, ann, { savedReplyId: replyId });
    const shown = await get(`conversations/${conversationId ?? ''}/messages`, ann, sent);
    expect((shown.body['items'] as object[]).at(-1)).toMatchObject({
      text: 'Hello Amina, your tier is gold. ann',
      savedReplyId: replyId,
    });
  });

  it('REP-3: are searched, most used first', async () => {
    const [, rare = '', often = ''] = await collectionOf(admin, {}, 'Zahlung prüfen', 'Zahlung geprüft');
    const came = await begin('uses');
    const path = `conversations/${String(came.body['conversationId'])}/messages`;
    const edited = await post(path, ann, { savedReplyId: often, text: 'Zahlung geprüft, {{agent.name}}' });
    const { body } = await get('saved-replies?q=ZAHLUNG%20pruf', ann, edited);
    expect((body['items'] as { replyId: string; uses: number }[]).map(({ replyId, uses }) => [replyId, uses])).toEqual([
      [often, 1],
      [rare, 0],
    ]);
  });

  it('REP-1: are changed, removed and archived', async () => {
    const [collectionId = '', replyId = ''] = await collectionOf(admin, {}, 'One');
    const path = `saved-reply-collections/${collectionId}`;
    const patch = (rest: string, json: object) => api.call(`PATCH /v1/${path}${rest}`, { token: admin, json });
    expect((await patch('', { name: 'Parcels', teamIds: ['none'] })).body).toMatchObject({
      type: '/problems/unknown-team',
    });
    await patch('', { name: 'Parcels', channelIds: [shop] });
    await patch(`/replies/${replyId}`, { title: 'First' });
    expect((await get(path, ann)).body).toEqual({
      collectionId,
      name: 'Parcels',
      personal: false,
      channelIds: [shop],
      teamIds: [],
      replies: [{ replyId, title: 'First', shortcut: 'r0', text: 'One' }],
    });
    await api.call(`DELETE /v1/${path}/replies/${replyId}`, { token: admin });
    expect((await get(path, ann)).body).toMatchObject({ replies: [] });
    await api.call(`DELETE /v1/${path}`, { token: admin });
    expect((await get(path, admin)).status).toBe(404);
  });
});
