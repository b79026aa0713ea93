import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { messagesProjection } from '#conversations/messages';
import { collect, projectedDocuments } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

type Items = readonly Readonly<Record<string, unknown>>[];
const names = ['sue', 'pia', 'ron'] as const;
type Name = (typeof names)[number];

/** Sue is merged into Pia, Pia into Ron; each writes before, between and after; the second merge is undone. */
describe('merges upon merges, undone newest first', () => {
  let api: TestApi;
  let admin: string;
  let service: string;
  let channelId: string;
  let position: unknown;
  const contacts = new Map<Name, string>();
  const messageIds = new Map<string, string>();
  const idOf = (name: Name): string => contacts.get(name) ?? '';

  const call = async (route: string, json?: object): Promise<Answer> => {
    const answer = await api.call(route, { token: admin, ...(json && { json }) });
    if (answer.status >= 400) throw new Error(`${route}: ${JSON.stringify(answer.body)}`);
    position = answer.body['position'] ?? position;
    return answer;
  };
  const get = (path: string): Promise<Answer> =>
    api.call(`GET /v1/${path}`, { token: admin, headers: { 'ledger-position': String(position) } });
  const items = async (path: string): Promise<Items> => (await get(path)).body['items'] as Items;

  /** Answers in which conversation. */
  async function write(name: Name, when: string): Promise<string> {
    const text = `${name} ${when}`;
    const json = { externalMessageId: text, from: { externalUserId: name, displayName: name }, text };
    const { body } = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
    position = body['position'];
    messageIds.set(text, String(body['messageId']));
    if (when === 'alone') contacts.set(name, String(body['contactId']));
    return String(body['conversationId']);
  }
  /** Writes and is answered. */
  async function talk(name: Name, when: string): Promise<void> {
    const text = `${name} ${when}`;
    const conversationId = await write(name, when);
    const reply = await call(`POST /v1/conversations/${conversationId}/messages`, { text: `to ${text}` });
    messageIds.set(`to ${text}`, String(reply.body['messageId']));
  }
  const merge = async (primary: Name, secondary: Name): Promise<string> => {
    const json = { secondaryId: idOf(secondary) };
    return String((await call(`POST /v1/contacts/${idOf(primary)}/merge`, json)).body['mergeId']);
  };

  let asThree: string;
  let first: string;
  beforeEach(async () => {
    api = await startTestApi({ acting: true });
    [admin, service] = await Promise.all([token('admin'), token('service')]);
    channelId = String((await call('POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
    for (const name of names) await talk(name, 'alone');
    first = await merge('pia', 'sue');
    for (const name of names) await talk(name, 'as two');
    const second = await merge('ron', 'pia');
    for (const name of names) await talk(name, 'as three');
    asThree = String(position);
    await call(`POST /v1/merges/${second}/undo`);
    for (const name of names) await talk(name, 'as two again');
  });
  const undoFirst = (): Promise<Answer> => call(`POST /v1/merges/${first}/undo`);
  afterEach(async () => {
    await api.close();
  });

  const written = (name: Name): string[] =>
    ['alone', 'as two', 'as three', 'as two again'].flatMap((when) => [`${name} ${when}`, `to ${name} ${when}`]);
  async function conversationsOf(name: Name): Promise<string[]> {
    const found = await items(`contacts/${idOf(name)}/conversations`);
    return found.map(({ conversationId }) => String(conversationId));
  }
  const textsIn = async (conversationId: string, query = ''): Promise<string[]> =>
    (await items(`conversations/${conversationId}/messages${query}`)).map(({ text }) => String(text));
  const sorted = (texts: readonly string[]): string[] => texts.toSorted();

  /** What the product tells of one of them. */
  async function told(name: Name) {
    const conversationIds = await conversationsOf(name);
    const texts = (await Promise.all(conversationIds.map((id) => textsIn(id)))).flat();
    const pages = await Promise.all(conversationIds.map((id) => get(`conversations/${id}`)));
    const ofConversations = await Promise.all(
      conversationIds.map((id) => items(`conversations/${id}/timeline?limit=200`)),
    );
    const spoken = (timeline: Items): string[] =>
      timeline.flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
    return {
      texts: sorted(texts),
      count: pages.reduce((sum, { body }) => sum + Number(body['messageCount']), 0),
      timeline: sorted(spoken(await items(`contacts/${idOf(name)}/timeline?limit=200`))),
      timelines: sorted(ofConversations.flatMap(spoken)),
      found: (await items(`search?q=${name}+three&in=conversations`)).map(({ contactId }) => contactId),
    };
  }
  const whole = (name: Name) => ({
    texts: sorted(written(name)),
    count: 8,
    timeline: sorted(written(name)),
    timelines: sorted(written(name)),
    found: [idOf(name), idOf(name)],
  });

  async function remove(name: Name): Promise<void> {
    const { hint } = (await get(`contacts/${idOf(name)}`)).body;
    const { erasureId } = (await call(`DELETE /v1/contacts/${idOf(name)}`, { hint })).body;
    while ((await get(`erasures/${String(erasureId)}`)).body['state'] !== 'removed') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('CON-5: give each of the three what is theirs, and nothing else', async () => {
    await undoFirst();
    for (const name of names) expect(await told(name)).toEqual(whole(name));
    const rebuilt = [...projectedDocuments(messagesProjection, await collect(api.store.readAll())).values()];
    expect(rebuilt).toHaveLength(24);
  });

  it('CON-5, HIS-2: as of when they were one Ron has all of it, and as of now each has their own', async () => {
    await undoFirst();
    const [ronsFirst = ''] = (await conversationsOf('ron')).toReversed();
    const then = await textsIn(ronsFirst, `?asOf=${asThree}`);
    expect(then.slice(-6)).toEqual(names.flatMap((name) => [`${name} as three`, `to ${name} as three`]));
    for (const conversationId of (await Promise.all(names.map(conversationsOf))).flat()) {
      expect(await textsIn(conversationId, `?asOf=${String(position)}`)).toEqual(await textsIn(conversationId));
    }
  });

  it('CON-5: leave nobody who waits without an answer', async () => {
    await undoFirst();
    const [upon, above] = [await merge('pia', 'sue'), await merge('ron', 'pia')];
    for (const name of names) await write(name, 'unanswered');
    for (const mergeId of [above, upon]) await call(`POST /v1/merges/${mergeId}/undo`);
    const waiting = (await items('queue?view=new')).map(({ contactId }) => String(contactId));
    expect(sorted(waiting)).toEqual(sorted(names.map(idOf)));
  });

  it('CON-2, CON-5: know each message that is delivered again', async () => {
    await undoFirst();
    for (const name of names) {
      const text = `${name} as three`;
      const json = { externalMessageId: text, from: { externalUserId: name, displayName: name }, text };
      const again = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
      expect([again.status, again.body['messageId']]).toEqual([200, messageIds.get(text)]);
      expect(await told(name)).toEqual(whole(name));
    }
  });

  it('CON-5, DEL-8: redact what came as three by the conversation that shows it', async () => {
    await undoFirst();
    const messageId = messageIds.get('sue as three');
    const holding = async (): Promise<string> => {
      for (const id of await conversationsOf('sue')) if ((await textsIn(id)).includes('sue as three')) return id;
      throw new Error('nowhere');
    };
    const conversationId = await holding();
    await call('POST /v1/redactions', { kind: 'message', conversationId, messageId });
    expect(await textsIn(conversationId)).not.toContain('sue as three');
    expect(JSON.stringify(await collect(api.store.readAll()))).not.toContain('"sue as three"');
  });

  it.each<{ readonly gone: readonly Name[]; readonly left: readonly Name[] }>([
    { gone: ['ron'], left: ['sue', 'pia'] },
    { gone: ['pia'], left: ['sue', 'ron'] },
    { gone: ['ron', 'pia'], left: ['sue'] },
    { gone: ['pia', 'ron'], left: ['sue'] },
    { gone: ['sue'], left: ['pia', 'ron'] },
  ])('CON-5, DEL-3: with $gone erased, $left have what is theirs', async ({ gone, left }) => {
    await undoFirst();
    for (const name of gone) await remove(name);
    for (const name of left) expect(await told(name)).toEqual(whole(name));
    const log = JSON.stringify(await collect(api.store.readAll()));
    for (const name of gone) expect(log).not.toContain(`"${name} as three"`);
  });

  it('CON-5, DEL-3: what had moved out of the way of one erasure goes back, and moves out of the way of the next', async () => {
    await remove('ron');
    await undoFirst();
    for (const name of ['sue', 'pia'] as const) expect(await told(name)).toEqual(whole(name));
    await remove('pia');
    expect(await told('sue')).toEqual(whole('sue'));
  });
});
