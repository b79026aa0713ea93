import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { messagesProjection } from '#conversations/messages';
import { collect, projectedDocuments } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

type Items = readonly Readonly<Record<string, unknown>>[];

describe('deleting one of two contacts whose merge was undone', () => {
  let api: TestApi;
  let admin: string;
  let service: string;
  let channelId: string;
  let ann: string;
  let eve: string;
  /** Of what Eve wrote while she was one with Ann. */
  let cup: Answer;
  let position: unknown;

  const call = async (route: string, json?: object): Promise<Answer> => {
    const answer = await api.call(route, { token: admin, ...(json && { json }) });
    if (answer.status >= 400) throw new Error(`${route}: ${JSON.stringify(answer.body)}`);
    if (answer.body['position'] !== undefined) position = answer.body['position'];
    return answer;
  };
  const receive = async (externalUserId: string, externalMessageId: string, text: string): Promise<Answer> => {
    const from = { externalUserId, displayName: externalUserId };
    const json = { externalMessageId, from, text };
    const answer = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
    position = answer.body['position'];
    return answer;
  };
  const get = (path: string): Promise<Answer> =>
    api.call(`GET /v1/${path}`, { token: admin, headers: { 'ledger-position': String(position) } });
  const items = async (path: string): Promise<Items> => (await get(path)).body['items'] as Items;

  /** Ann and Eve become one, Eve writes and is answered, something of hers is redacted, and they are two again. */
  beforeEach(async () => {
    api = await startTestApi({ acting: true });
    [admin, service] = await Promise.all([token('admin'), token('service')]);
    channelId = String((await call('POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
    ann = String((await receive('ann', 'a1', 'where is my kettle')).body['contactId']);
    eve = String((await receive('eve', 'e1', 'my teapot is broken')).body['contactId']);
    const { mergeId } = (await call(`POST /v1/contacts/${ann}/merge`, { secondaryId: eve })).body;
    cup = await receive('eve', 'e2', 'and so is the cup');
    const { conversationId } = cup.body;
    const card = await receive('eve', 'e3', 'my card is 4111');
    await call(`POST /v1/conversations/${String(conversationId)}/messages`, { text: 'Sorry to hear that' });
    await get(`contacts/${ann}`);
    await call('POST /v1/redactions', { kind: 'message', conversationId, messageId: card.body['messageId'] });
    await call(`POST /v1/merges/${String(mergeId)}/undo`);
  });
  afterEach(async () => {
    await api.close();
  });

  async function remove(contactId: string): Promise<Answer> {
    const { hint } = (await get(`contacts/${contactId}`)).body;
    const { erasureId } = (await call(`DELETE /v1/contacts/${contactId}`, { hint })).body;
    for (;;) {
      const answer = await get(`erasures/${String(erasureId)}`);
      if (answer.body['state'] === 'removed') return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const conversationOf = async (contactId: string): Promise<string> => {
    const { conversations } = (await get(`contacts/${contactId}`)).body;
    return String((conversations as Items)[0]?.['conversationId']);
  };
  /** What the product tells of Eve's messages. */
  async function told() {
    const conversationId = await conversationOf(eve);
    const messages = await items(`conversations/${conversationId}/messages`);
    const timeline = await items(`contacts/${eve}/timeline?limit=200`);
    return {
      conversationId,
      messages: messages.map(({ text, at, direction, redacted, author, state }) => ({
        text,
        at,
        direction,
        redacted,
        author,
        state,
      })),
      messageCount: (await get(`conversations/${conversationId}`)).body['messageCount'],
      found: (await items('search?q=cup&in=conversations')).map((found) => found['conversationId']),
      timeline: timeline.flatMap(({ text }) => (text === undefined ? [] : [text])).toSorted(),
    };
  }

  it('CON-5, DEL-3: the primary gone, the secondary has all that was given back to it, and from the log alone', async () => {
    const before = await told();
    const beforeDeletion = String(position);
    expect(before.messages.map(({ text }) => text)).toEqual(['and so is the cup', '', 'Sorry to hear that']);
    const { body } = await remove(ann);
    expect(body).toMatchObject({ contactIds: [ann], counts: { messages: 1 } });
    position = body['position'] ?? position;
    expect(await told()).toEqual(before);
    const rebuilt = projectedDocuments(messagesProjection, await collect(api.store.readAll()));
    const hers = [...rebuilt.values()].filter((message) => 'contactId' in message && message.contactId === eve);
    expect(hers).toMatchObject([
      { text: 'my teapot is broken' },
      { text: 'and so is the cup' },
      { text: '', redacted: true },
      { text: 'Sorry to hear that' },
    ]);
    const then = await get(`conversations/${before.conversationId}/messages?asOf=${beforeDeletion}`);
    expect((then.body['items'] as Items).map(({ text }) => text)).toEqual([
      'and so is the cup',
      '',
      'Sorry to hear that',
    ]);
    expect((await get(`contacts/${ann}`)).status).toBe(410);
    // Her own, once more: it is known where it lies now.
    const again = await receive('eve', 'e2', 'and so is the cup');
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ contactId: eve, conversationId: before.conversationId });
  });

  it('CON-5, DEL-8: what was given back is redacted by the conversation that shows it, before and after it moved', async () => {
    const conversationId = await conversationOf(eve);
    const redact = (messageId: unknown) => call('POST /v1/redactions', { kind: 'message', conversationId, messageId });
    const texts = async () => (await items(`conversations/${conversationId}/messages`)).map(({ text }) => text);
    await redact(cup.body['messageId']);
    expect(await texts()).toEqual(['', '', 'Sorry to hear that']);
    await remove(ann);
    expect(await texts()).toEqual(['', '', 'Sorry to hear that']);
    const [, , answer] = await items(`conversations/${conversationId}/messages`);
    await redact(answer?.['messageId']);
    expect(await texts()).toEqual(['', '', '']);
    expect(JSON.stringify(await collect(api.store.readAll()))).not.toMatch(/cup|4111|Sorry/);
  });

  it('CON-5, DEL-8: nothing of the other one is redacted by that conversation', async () => {
    const [own] = await items(`conversations/${await conversationOf(ann)}/messages`);
    const json = { kind: 'message', conversationId: await conversationOf(eve), messageId: own?.['messageId'] };
    expect((await api.call('POST /v1/redactions', { token: admin, json })).status).toBe(404);
  });

  it('CON-5, DEL-3: both gone, one after the other, nothing is left of either', async () => {
    await remove(ann);
    await remove(eve);
    const left = JSON.stringify(await collect(api.store.readAll()));
    expect(left).not.toMatch(/kettle|teapot|cup|Sorry|"ann"|"eve"/);
  });

  it('CON-5, DEL-3: the secondary gone, the primary keeps its own and nothing of the other can be read', async () => {
    await remove(eve);
    const messages = await items(`conversations/${await conversationOf(ann)}/messages`);
    expect(messages.map(({ text }) => text)).toEqual(['where is my kettle']);
    expect(JSON.stringify(await items(`contacts/${ann}/timeline?limit=200`))).not.toMatch(/cup|Sorry/);
    expect(await items('search?q=cup&in=conversations')).toEqual([]);
  });
});
