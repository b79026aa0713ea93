import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, Sent, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let channelId: string;
/** What each step was answered with. */
let came: Answer;
let named: Answer;
let replied: Answer;
let closed: Answer;
let contact: string;
let conversation: string;

const positionOf = ({ body }: Answer): string => String(body['position']);

async function get(path: string, bearer = agent): Promise<Answer> {
  return api.call(`GET ${path}`, { token: bearer, headers: { 'ledger-position': positionOf(closed) } });
}

async function done(route: string, sent: Sent): Promise<Answer> {
  const answer = await api.call(route, sent);
  expect(answer.status).toBeLessThan(300);
  return answer;
}

beforeAll(async () => {
  api = await startTestApi();
  [admin, agent, service] = await Promise.all([token('admin'), token('agent'), token('service')]);
  const shop = await done('POST /v1/channels', { token: admin, json: { medium: 'custom', name: 'Shop' } });
  channelId = String(shop.body['channelId']);
  await api.call('GET /v1/queue', { token: agent });
  await done('PUT /v1/users/agent/channels', { token: admin, json: { channelIds: [channelId] } });
  const nickname = { alias: 'nickname', label: 'Nickname', format: 'text' };
  await done('POST /v1/attributes', { token: admin, json: nickname });
  const message = { externalMessageId: 'm1', from: { externalUserId: 'amina' }, text: 'Hello' };
  came = await done(`POST /v1/channels/${channelId}/inbound`, { token: service, json: message });
  contact = `/v1/contacts/${String(came.body['contactId'])}`;
  conversation = `/v1/conversations/${String(came.body['conversationId'])}`;
  named = await done(`PUT ${contact}/name`, { token: agent, json: { name: 'Amina Okafor' } });
  replied = await done(`POST ${conversation}/messages`, { token: agent, json: { text: 'Good day' } });
  closed = await done(`POST ${conversation}/close`, { token: agent, json: { summary: 'Done' } });
});
afterAll(async () => {
  await api.close();
});

describe('a contact with asOf', () => {
  it('HIS-2: is what it was at a position that an answer carried, and says which position it shows', async () => {
    const before = await get(`${contact}?asOf=${positionOf(came)}`);
    expect(before).toMatchObject({ status: 200, body: { name: 'a••••', conversations: [{ status: 'new' }] } });
    expect(before.headers.get('ledger-position')).toBe(positionOf(came));
    const after = await get(`${contact}?asOf=${positionOf(named)}`);
    expect(after.body).toMatchObject({ name: 'Amina Okafor', conversations: [{ status: 'new' }] });
    expect(after.headers.get('etag')).toBe(named.headers.get('etag'));
  });

  it('HIS-2: at the newest position, as at any later time, is the live one', async () => {
    const live = await get(contact);
    expect(live.body).toMatchObject({ name: 'Amina Okafor', conversations: [{ status: 'closed' }] });
    for (const asOf of [positionOf(closed), String(2 ** 50), '2030-01-01T00:00:00Z']) {
      expect((await get(`${contact}?asOf=${asOf}`)).body).toStrictEqual(live.body);
    }
  });

  it('HIS-2: was not there before it was there', async () => {
    for (const asOf of ['0', '1999-12-31T23:59:59Z']) {
      expect(await get(`${contact}?asOf=${asOf}`)).toMatchObject({
        status: 404,
        body: { type: '/problems/not-found' },
      });
    }
  });

  it('ASG-6: is not there for who has no access today', async () => {
    const stranger = await token('agent', 'stranger');
    expect(await get(`${contact}?asOf=${positionOf(came)}`, stranger)).toMatchObject({ status: 404 });
    expect(await get(`${conversation}?asOf=${positionOf(came)}`, stranger)).toMatchObject({ status: 404 });
    expect(await get(`${conversation}/messages?asOf=${positionOf(came)}`, stranger)).toMatchObject({ status: 404 });
  });

  it.each(['yesterday', '-1', '12e3', '2026-03-02', '99999999999999999'])('takes no other moment: %s', async (asOf) => {
    const { status, body } = await get(`${contact}?asOf=${asOf}`);
    const detail = 'has to be a position (as an answer carried it, or a number) or an RFC 3339 time';
    expect({ status, errors: body['errors'] }).toStrictEqual({ status: 400, errors: [{ pointer: '?asOf', detail }] });
  });

  it('takes no position of another store', async () => {
    const foreign = Buffer.from('1.another-store').toString('base64url');
    expect(await get(`${contact}?asOf=${foreign}`)).toMatchObject({ status: 410 });
  });
});

describe('a conversation with asOf', () => {
  it('HIS-2: has the status, the assignee and the messages of then', async () => {
    expect((await get(`${conversation}?asOf=${positionOf(came)}`)).body).toMatchObject({
      status: 'new',
      assignee: null,
      messageCount: 1,
    });
    expect((await get(`${conversation}?asOf=${positionOf(replied)}`)).body).toMatchObject({
      status: 'pending',
      assignee: { userId: 'agent' },
      messageCount: 2,
    });
    const texts = async (asOf: string) => {
      const { body } = await get(`${conversation}/messages?asOf=${asOf}`);
      return (body['items'] as { text: string }[]).map(({ text }) => text);
    };
    expect(await texts(positionOf(came))).toStrictEqual(['Hello']);
    expect(await texts(positionOf(closed))).toStrictEqual(['Hello', 'Good day']);
  });
});

describe('messages with asOf', () => {
  it('HIS-2: have the delivery state of then', async () => {
    const json = { messageId: replied.body['messageId'], state: 'delivered' };
    const delivered = await done(`POST /v1/channels/${channelId}/deliveries`, { token: service, json });
    const headers = { 'ledger-position': positionOf(delivered) };
    const statesAt = async (query: string) => {
      const { body } = await api.call(`GET ${conversation}/messages${query}`, { token: agent, headers });
      return (body['items'] as { state?: string }[]).flatMap(({ state }) => state ?? []);
    };
    expect(await statesAt('')).toStrictEqual(['delivered']);
    expect(await statesAt(`?asOf=${positionOf(delivered)}`)).toStrictEqual(['delivered']);
    expect(await statesAt(`?asOf=${positionOf(replied)}`)).toStrictEqual(['queued']);
  });
});

describe('a timeline', () => {
  it('HIS-1: tells in words what happened to a contact, newest first, in pages', async () => {
    const words: unknown[] = [];
    for (let next = '', pages = 0; pages < 9; pages++) {
      const { status, body } = await get(`${contact}/timeline?limit=3${next}`);
      expect(status).toBe(200);
      words.push(...(body['items'] as { words: string }[]).map((item) => item.words));
      if (body['nextCursor'] === undefined) break;
      next = `&cursor=${body['nextCursor'] as string}`;
    }
    expect(words).toStrictEqual([
      'agent closed the conversation',
      'agent ended the waiting with this answer',
      'agent answered on Shop',
      'agent assigned the conversation to agent (they replied first)',
      'agent renamed the contact',
      'The contact wrote on Shop',
      'The contact opened conversation 1 on Shop',
      'The contact met the contact on Shop',
      'The contact added an identity on custom',
      'The contact made the contact known',
    ]);
  });

  it('HIS-1: shows values before and after, who it was, and where in the log it stands', async () => {
    const { body } = await get(`${contact}/timeline`);
    expect((body['items'] as { type: string }[]).find(({ type }) => type === 'ContactRenamed')).toMatchObject({
      position: positionOf(named),
      actor: { id: 'agent', role: 'agent', name: 'agent' },
      changes: [{ of: 'name', before: null, after: 'Amina Okafor' }],
    });
  });

  it('HIS-1: of a conversation has its messages word by word', async () => {
    const { body } = await get(`${conversation}/timeline`);
    const texts = (body['items'] as { text?: string }[]).flatMap(({ text }) => text ?? []);
    expect(texts).toStrictEqual(['Good day', 'Hello']);
  });

  it('ASG-6: is not there for who has no access; an auditor sees all', async () => {
    const stranger = await token('agent', 'stranger');
    const auditor = await token('auditor');
    for (const path of [`${contact}/timeline`, `${conversation}/timeline`]) {
      expect(await get(path, stranger)).toMatchObject({ status: 404 });
      expect(await get(path, auditor)).toMatchObject({ status: 200 });
    }
  });

  it('takes no cursor of another list', async () => {
    const { body } = await get(`${contact}/timeline?limit=1`);
    const foreign = await get(`${conversation}/timeline?cursor=${String(body['nextCursor'])}`);
    expect(foreign).toMatchObject({ status: 410, body: { type: '/problems/cursor-outdated' } });
  });
});

it('a cursor that we never gave out ends the timeline, and reads nothing', async () => {
  for (const [list, path, values] of [
    ['contact-timeline', contact, [null, 2 ** 50, 'x']],
    ['conversation-timeline', conversation, [1.5]],
  ] as const) {
    const cursor = Buffer.from(JSON.stringify([list, ...values])).toString('base64url');
    expect(await get(`${path}/timeline?cursor=${cursor}`)).toMatchObject({ status: 200, body: { items: [] } });
  }
});

describe('a dossier', () => {
  it('HIS-9: holds everything that is kept about a person, for admins, and says who read it', async () => {
    await done(`PUT ${contact}/attributes/nickname`, { token: admin, json: { value: 'Mina' } });
    await done(`PATCH /v1/attributes/nickname`, { token: admin, json: { enabled: false } });
    const noted = await done(`POST ${contact}/notes`, { token: agent, json: { text: 'Calls on Mondays' } });
    const removed = await done(`POST ${contact}/notes`, { token: agent, json: { text: 'Wrong person' } });
    const { headers } = await done(`DELETE ${contact}/notes/${removed.body['noteId'] as string}`, { token: agent });
    const { status, body } = await api.call(`GET ${contact}/dossier`, {
      token: admin,
      headers: { 'ledger-position': headers.get('ledger-position') ?? '', 'access-reason': 'Article 15' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      madeAt: '2026-03-02T09:00:00.000Z',
      contact: {
        name: 'Amina Okafor',
        identities: [{ externalUserId: 'amina' }],
        attributes: [{ alias: 'nickname', value: 'Mina' }],
      },
      notes: [{ noteId: noted.body['noteId'], text: 'Calls on Mondays' }],
      conversations: [
        { status: 'closed', closingNote: { summary: 'Done' }, messages: [{ text: 'Hello' }, { text: 'Good day' }] },
      ],
    });
    const history = JSON.stringify(body['history']);
    for (const kept of ['Amina Okafor', 'Hello', 'Good day', 'Done', 'Mina', 'Wrong person'])
      expect(history).toContain(kept);
  });

  it('HIS-9: is for admins only', async () => {
    expect(await get(`${contact}/dossier`, agent)).toMatchObject({ status: 403 });
    expect(await get(`/v1/contacts/none/dossier`, admin)).toMatchObject({ status: 404 });
  });
});

describe('an erased contact', () => {
  it('DEL-6: does not come back with asOf, nor by its timeline', async () => {
    const deleted = await done(`DELETE ${contact}`, { token: admin, json: { hint: 'A•••• O••••' } });
    const headers = { 'ledger-position': positionOf(deleted) };
    const past = await api.call(`GET ${contact}?asOf=${positionOf(named)}`, { token: admin, headers });
    expect(past).toMatchObject({ status: 410, body: { type: '/problems/contact-deleted' } });
    const timeline = await api.call(`GET ${contact}/timeline`, { token: admin, headers });
    const dossier = await api.call(`GET ${contact}/dossier`, { token: admin, headers });
    expect(dossier).toMatchObject({ status: 410, body: { type: '/problems/contact-deleted' } });
    expect(timeline).toMatchObject({ status: 410, body: { type: '/problems/contact-deleted' } });
  });
});
