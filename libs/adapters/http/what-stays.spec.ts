import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StreamGone } from '#event-sourcing';
import { collect, createMovableClock } from '#event-sourcing-testing';
import type { MovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const minute = 60_000;
let api: TestApi;
let clock: MovableClock;
let tokens: Record<'admin' | 'agent' | 'service' | 'analyst', string>;
let channelId: string;
let last: unknown;
/** Ada was merged into Eve; Bo, linked with her, stays. */
let eve: string;
let ada: string;
let bo: string;
let erasureId: string;
let before: Answer['body'];

async function call(role: keyof typeof tokens, route: string, json?: object): Promise<Answer> {
  const headers = { 'ledger-position': String(last) };
  const sent = { token: tokens[role], ...(json && { json }), ...(route.startsWith('GET') && last ? { headers } : {}) };
  const answer = await api.call(route, sent);
  expect([route, answer.status, answer.body]).toEqual([route, expect.any(Number), expect.anything()]);
  expect(answer.status).toBeLessThan(300);
  last = answer.body['position'] ?? last;
  return answer;
}

async function talk(externalUserId: string): Promise<string> {
  const inbound = { externalMessageId: `m-${externalUserId}`, from: { externalUserId }, text: 'Hello' };
  const { body } = await call('service', `POST /v1/channels/${channelId}/inbound`, inbound);
  const conversation = `/v1/conversations/${String(body['conversationId'])}`;
  clock.jump(5 * minute);
  await call('admin', `POST ${conversation}/messages`, { text: 'Yes?' });
  await call('admin', `POST ${conversation}/notes`, { text: 'A note.' });
  await call('admin', `PUT ${conversation}/assignee`, { userId: 'admin' });
  clock.jump(5 * minute);
  await call('admin', `POST ${conversation}/close`, {});
  return String(body['contactId']);
}

const metrics = async (): Promise<Answer['body']> =>
  (await call('analyst', 'GET /v1/metrics/conversations?from=2026-03-01&to=2026-03-31')).body;

beforeAll(async () => {
  clock = createMovableClock();
  api = await startTestApi({ acting: true, clock });
  const [admin, agent, service, analyst] = await Promise.all(
    (['admin', 'agent', 'service', 'analyst'] as const).map((role) => token(role)),
  );
  tokens = { admin: admin ?? '', agent: agent ?? '', service: service ?? '', analyst: analyst ?? '' };
  channelId = String((await call('admin', 'POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
  await call('admin', 'POST /v1/groups', {
    name: 'All',
    condition: { field: 'blocked', operator: 'is', value: false },
  });
  await call('admin', 'POST /v1/attributes', { alias: 'mail', label: 'Mail', format: 'email' });
  await call('admin', 'PATCH /v1/settings', { matchingAttribute: 'mail' });
  [ada, eve, bo] = [await talk('ada'), await talk('eve'), await talk('bo')];
  const open = { externalMessageId: 'm-again', from: { externalUserId: 'eve' }, text: 'Hello again' };
  await call('service', `POST /v1/channels/${channelId}/inbound`, open);
  for (const id of [eve, bo]) await call('admin', `PUT /v1/contacts/${id}/attributes/mail`, { value: 'e@example.com' });
  await call('admin', `PUT /v1/contacts/${eve}/links/${bo}`);
  await call('admin', `PUT /v1/contacts/${eve}/vip`);
  await call('admin', `POST /v1/contacts/${eve}/notes`, { text: 'A note.' });
  await call('admin', `POST /v1/contacts/${eve}/merge`, { secondaryId: ada });
  const page = await call('admin', `GET /v1/contacts/${eve}`);
  before = await metrics();
  const deleted = await call('admin', `DELETE /v1/contacts/${eve}`, { hint: page.body['hint'] });
  erasureId = String(deleted.body['erasureId']);
  for (;;) {
    const { body } = await call('admin', `GET /v1/erasures/${erasureId}`);
    if (body['state'] === 'removed') break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
afterAll(async () => {
  await api.close();
});

describe('after an erasure', () => {
  it('DEL-6: conversation metrics of past days are what they were before', async () => {
    expect(before['items']).toMatchObject([
      {
        day: '2026-03-02',
        opened: 4,
        messages: 4,
        responses: 3,
        firstResponse: { count: 3, total: 'PT900S' },
        closed: 3,
        resolution: { count: 3, total: 'PT1800S' },
      },
    ]);
    expect(await metrics()).toStrictEqual(before);
    const elsewhere = await call(
      'analyst',
      'GET /v1/metrics/conversations?channel=elsewhere&from=2026-03-01&to=2026-03-31',
    );
    expect(elsewhere.body).toStrictEqual({ items: [] });
  });

  it('DEL-6: the facts that stay lead neither to the contact nor to its audit entry', async () => {
    const facts = (await collect(api.store.readAll())).filter(({ type }) => type === 'ConversationFactsRetained');
    expect(facts).toHaveLength(3);
    for (const id of [eve, ada, erasureId]) expect(JSON.stringify(facts)).not.toContain(id);
  });

  it('DEL-2: no document of any read model, side documents included, names the contact, but the audit', async () => {
    const naming: string[] = [];
    for (const model of await api.documents.models()) {
      for (const { id, body, before: earlier } of api.documents.held(model)) {
        // A tombstone stays until no writer can come with an older state, and is swept then.
        if (!body) continue;
        const text = JSON.stringify([id, body, earlier?.body]);
        if ([eve, ada].some((contactId) => text.includes(contactId))) naming.push(`${model} ${text}`);
      }
    }
    expect(naming.filter((name) => !name.startsWith('deletedContacts '))).toEqual([]);
    expect(naming.length).toBeGreaterThan(0);
  });

  it('DEL-6: no stream of the contact can be read', async () => {
    const streams = new Set((await collect(api.store.readAll())).map(({ stream }) => stream));
    const theirs = [...streams].filter(
      (stream) => /^(contact|conversation|redaction)-/.test(stream) && [eve, ada].some((id) => stream.includes(id)),
    );
    for (const stream of theirs) await expect(collect(api.store.readStream(stream))).rejects.toBeInstanceOf(StreamGone);
  });

  it.each(['from=2026-02-31', 'to=2026-13-01', 'to=tomorrow', 'from=2020-01-01&to=2026-01-01'])(
    'metrics refuse %s',
    async (query) => {
      const refused = await api.call(`GET /v1/metrics/conversations?${query}`, { token: tokens.analyst });
      expect(refused).toMatchObject({ status: 400, body: { type: '/problems/validation' } });
    },
  );
});
