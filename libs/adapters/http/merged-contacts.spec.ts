import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let service: string;
let shopAgent: string;
let shop: string;
let desk: string;
let last: Answer;
let groupId: string;
let mergeId: string;

const who: Record<string, { contactId: string; conversationId: string }> = {};

async function call(route: string, json?: object, bearer = admin): Promise<Answer> {
  const answer = await api.call(route, { token: bearer, ...(json && { json }) });
  if (answer.status >= 400) throw new Error(`${route}: ${JSON.stringify(answer.body)}`);
  if (typeof answer.body['position'] === 'string') last = answer;
  return answer;
}
const read = (path: string, bearer = admin): Promise<Answer> =>
  api.call(`GET /v1/${path}`, { token: bearer, headers: { 'ledger-position': String(last.body['position']) } });
const items = async (path: string, bearer = admin) =>
  (await read(path, bearer)).body['items'] as readonly Record<string, unknown>[];

const idOf = (name: string): string => who[name]?.contactId ?? '';
const contactIds = async (path: string, bearer = admin) =>
  ((await read(path, bearer)).body['items'] as { contactId: string }[] | undefined)?.map(({ contactId }) => contactId);

async function receive(channelId: string, name: string, text: string, id = name): Promise<void> {
  const from = { externalUserId: name.toLowerCase(), displayName: name };
  const { body } = await call(`POST /v1/channels/${channelId}/inbound`, { externalMessageId: id, from, text }, service);
  who[name] = { contactId: String(body['contactId']), conversationId: String(body['conversationId']) };
}
const set = (name: string, alias: string, value: string): Promise<Answer> =>
  call(`PUT /v1/contacts/${idOf(name)}/attributes/${alias}`, { value });

beforeAll(async () => {
  api = await startTestApi();
  [admin, service, shopAgent] = await Promise.all([token('admin'), token('service'), token('agent', 'shop')]);
  const connect = async (name: string) =>
    String((await call('POST /v1/channels', { medium: 'custom', name })).body['channelId']);
  [shop, desk] = [await connect('Shop'), await connect('Desk')];
  await call('POST /v1/users', { userId: 'shop', name: 'Shop', role: 'agent' });
  await call('PUT /v1/users/shop/channels', { channelIds: [shop] });
  for (const alias of ['tier', 'city']) await call('POST /v1/attributes', { alias, label: alias, format: 'text' });
  await call('POST /v1/attributes', { alias: 'mobile', label: 'Mobile', format: 'phone' });
  await call('PATCH /v1/settings', { matchingAttribute: 'mobile' });
  const field = (alias: string, value: string) => ({ field: `attribute.${alias}`, operator: 'is', value });
  const condition = { all: [field('tier', 'gold'), field('city', 'Delft')] };
  groupId = String((await call('POST /v1/groups', { name: 'Golden Delft', condition })).body['groupId']);
  await receive(shop, 'Ann', 'where is my kettle');
  await receive(desk, 'Eve', 'my teapot is broken');
  await receive(desk, 'Carl', 'hello');
  await call(`POST /v1/conversations/${idOf('Eve')}.1/notes`, { text: 'Is there a spare lid?', mentions: ['admin'] });
  await set('Ann', 'tier', 'gold');
  await set('Eve', 'city', 'Delft');
  await set('Eve', 'mobile', '+31612345678');
  await set('Carl', 'mobile', '+31612345678');
});
afterAll(async () => {
  await api.close();
});

/** Whose each conversation is, by its id. */
const owners = async (path: string) =>
  Object.fromEntries((await items(path)).map(({ conversationId, contactId }) => [conversationId, contactId])) as Record<
    string,
    unknown
  >;

/** What every list and page says of the two. */
async function shown() {
  const { ann, eve, carl } = { ann: idOf('Ann'), eve: idOf('Eve'), carl: idOf('Carl') };
  const teapot = `conversations/${eve}.1`;
  return {
    members: await contactIds(`groups/${groupId}/members`),
    byName: await contactIds('search?q=eve&in=contacts'),
    byGroup: await contactIds('search?q=golden+delft&in=contacts'),
    byMessage: (await items('search?q=teapot')).map(({ contactId, name }) => [contactId, name]),
    queue: (await items('queue')).map(({ contactId, name }) => `${String(name)} ${String(contactId)}`).toSorted(),
    linkedWithAnn: await contactIds(`contacts/${ann}/links`),
    linkedWithEve: await contactIds(`contacts/${eve}/links`),
    linkedWithCarl: await contactIds(`contacts/${carl}/links`),
    historyOfCarl: await owners(`contacts/${carl}/history`),
    closed: await owners('queue?view=closed'),
    mentions: await owners('mentions'),
    teapot: (await read(teapot)).body['contactId'],
    notesAboutTeapot: await contactIds(`${teapot}/notes`),
  };
}

describe('two contacts', () => {
  let before: { readonly shown: Awaited<ReturnType<typeof shown>>; readonly position: string };

  it('CON-5: are two to begin with', async () => {
    before = { shown: await shown(), position: String(last.body['position']) };
    const [ann, eve, carl] = [idOf('Ann'), idOf('Eve'), idOf('Carl')];
    expect(before.shown).toEqual({
      members: [],
      byName: [eve],
      byGroup: [],
      byMessage: [[eve, 'Eve']],
      queue: [`Ann ${ann}`, `Carl ${carl}`, `Eve ${eve}`],
      linkedWithAnn: [],
      linkedWithEve: [carl],
      linkedWithCarl: [eve],
      historyOfCarl: { [`${carl}.1`]: carl, [`${eve}.1`]: eve },
      closed: {},
      mentions: { [`${eve}.1`]: eve },
      teapot: eve,
      notesAboutTeapot: [eve],
    });
  });

  it('CON-5: merged, are found, grouped, linked, named and shown as one', async () => {
    const merged = await call(`POST /v1/contacts/${idOf('Ann')}/merge`, { secondaryId: idOf('Eve'), winners: {} });
    mergeId = String(merged.body['mergeId']);
    const [ann, eve, carl] = [idOf('Ann'), idOf('Eve'), idOf('Carl')];
    expect(await shown()).toEqual({
      members: [ann],
      byName: [ann],
      byGroup: [ann],
      byMessage: [[ann, 'Ann']],
      queue: [`Ann ${ann}`, `Carl ${carl}`],
      linkedWithAnn: [carl],
      linkedWithEve: undefined,
      linkedWithCarl: [ann],
      historyOfCarl: { [`${ann}.1`]: ann, [`${carl}.1`]: carl, [`${eve}.1`]: ann },
      closed: { [`${eve}.1`]: ann },
      mentions: { [`${eve}.1`]: ann },
      teapot: ann,
      notesAboutTeapot: [ann],
    });
    expect((await read(`contacts/${ann}`)).body['groups']).toEqual([groupId]);
  });

  it('ATT-4, CON-5: has the history of the values of either; what is asked of the other is asked of who speaks', async () => {
    const [ann, eve] = [idOf('Ann'), idOf('Eve')];
    const values = async (alias: string) =>
      (await items(`contacts/${ann}/attributes/${alias}/history`)).map(({ value }) => value);
    expect([await values('tier'), await values('city')]).toEqual([['gold'], ['Delft']]);
    const { status, headers } = await read(`contacts/${eve}/attributes/city/history`);
    expect([status, headers.get('location')]).toEqual([301, `/v1/contacts/${ann}/attributes/city/history`]);
  });

  it('HIS-1, CON-5: has one timeline, page by page, with what happened to either', async () => {
    const path = `contacts/${idOf('Ann')}/timeline`;
    const whole = await items(`${path}?limit=200`);
    expect(whole.map(({ position }) => Number(position)).toSorted((a, b) => b - a)).toEqual(
      whole.map(({ position }) => Number(position)),
    );
    const texts = whole.flatMap(({ type, text }) => (type === 'MessageReceived' ? [text] : []));
    expect(texts).toEqual(['my teapot is broken', 'where is my kettle']);
    const paged: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await read(`${path}?limit=3${cursor}`);
      const { items: part, nextCursor } = body as { items: unknown[]; nextCursor?: string };
      paged.push(...part);
      cursor = nextCursor === undefined ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(paged).toEqual(whole);
  });

  it('CON-3, ASG-6: is called by what the viewer sees of it', async () => {
    const ann = idOf('Ann');
    const deskAgent = await token('agent', 'desk');
    await call('POST /v1/users', { userId: 'desk', name: 'Desk', role: 'agent' });
    await call('PUT /v1/users/desk/channels', { channelIds: [desk] });
    await receive(desk, 'Eve', 'and so is the cup', 'eve-2');
    expect(who['Eve']?.contactId).toBe(ann);
    const nameIn = async (path: string, bearer: string) =>
      (await items(path, bearer)).flatMap(({ contactId, name }) => (contactId === ann ? [name] : []));
    expect(await nameIn('queue', shopAgent)).toEqual(['Ann']);
    expect(await nameIn('queue', deskAgent)).toEqual(['Eve']);
    expect(await nameIn('search?q=cup', deskAgent)).toEqual(['Eve']);
    expect(await contactIds('search?q=ann&in=contacts', deskAgent)).toEqual([]);
    expect(await contactIds('search?q=eve&in=contacts', shopAgent)).toEqual([]);
  });

  it('CON-5, HIS-2: the merge undone, are two again, and one as of then', async () => {
    const [apart, merged] = [before.position, String(last.body['position'])];
    const undone = await call(`POST /v1/merges/${mergeId}/undo`);
    const eve = String(/^(.+)\.\d+$/.exec(mergeId)?.[1]);
    who['Eve'] = { contactId: eve, conversationId: '' };
    const ann = idOf('Ann');
    const after = await shown();
    const { carl } = { carl: idOf('Carl') };
    // What was written meanwhile is in a conversation of her own now; the first one stays closed.
    const given = {
      closed: { [`${eve}.1`]: eve },
      historyOfCarl: { [`${carl}.1`]: carl, [`${eve}.1`]: eve, [`${eve}.3`]: eve },
    };
    expect(after).toEqual({ ...before.shown, ...given });
    const teapot = async (asOf: string) => (await read(`conversations/${eve}.1?asOf=${asOf}`)).body['contactId'];
    expect([await teapot(apart), await teapot(merged), await teapot(String(last.body['position']))]).toEqual([
      eve,
      ann,
      eve,
    ]);
    const [cup] = await items('search?q=cup');
    expect(cup).toMatchObject({ contactId: eve, name: 'Eve' });
    const { body } = await read(`conversations/${String(cup?.['conversationId'])}/messages`);
    expect((body['items'] as { text: string }[]).map(({ text }) => text)).toContain('and so is the cup');
    const then = await read(`contacts/${ann}?asOf=${merged}`);
    expect(then.body).toMatchObject({ identities: [{ externalUserId: 'ann' }, { externalUserId: 'eve' }] });
    expect((await read(`contacts/${ann}`)).body).toMatchObject({ identities: [{ externalUserId: 'ann' }] });
    const texts = (await items(`contacts/${ann}/timeline?limit=200`)).map(({ text }) => text);
    expect(texts).not.toContain('and so is the cup');
    expect(undone.status).toBe(200);
  });

  it.each([1, 2, 200])(
    'HIS-1, CON-5: what was given back is told in the timeline it belongs to, by pages of %d',
    async (limit) => {
      const { contactId } = who['Eve'] ?? { contactId: '' };
      const told: Record<string, unknown>[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const { body } = await read(`contacts/${contactId}/timeline?limit=${limit}${cursor}`);
        told.push(...(body['items'] as Record<string, unknown>[]));
        cursor = typeof body['nextCursor'] === 'string' ? `&cursor=${body['nextCursor']}` : undefined;
      }
      const messages = told.filter(({ type }) => type === 'MessageReceived');
      expect(messages.map(({ text }) => text)).toEqual(['and so is the cup', 'my teapot is broken']);
      const [cup] = await items('search?q=cup');
      expect(messages[0]).toMatchObject({ conversationId: cup?.['conversationId'] });
      const positions = told.map(({ position }) => Number(position));
      expect(positions).toEqual(positions.toSorted((a, b) => b - a));
    },
  );

  it.each([1, 2, 200])(
    'HIS-1, CON-5: the timeline of a conversation tells what it got back, and not what it gave back, by pages of %d',
    async (limit) => {
      const [cup] = await items('search?q=cup');
      const told = async (conversationId: unknown): Promise<unknown[]> => {
        const texts: unknown[] = [];
        for (let cursor: string | undefined = ''; cursor !== undefined;) {
          const path = `conversations/${String(conversationId)}/timeline?limit=${limit}${cursor}`;
          const { body } = await read(path);
          const part = body['items'] as Record<string, unknown>[];
          texts.push(...part.flatMap(({ type, text }) => (type === 'MessageReceived' ? [text] : [])));
          cursor = typeof body['nextCursor'] === 'string' ? `&cursor=${body['nextCursor']}` : undefined;
        }
        return texts;
      };
      expect(await told(cup?.['conversationId'])).toEqual(['and so is the cup']);
      expect(await told(who['Ann']?.conversationId)).toEqual(['where is my kettle']);
    },
  );
});
