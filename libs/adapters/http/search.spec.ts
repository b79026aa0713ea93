import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let shop: string;
let desk: string;
let last: Answer;
let number = 0;

async function channel(name: string): Promise<string> {
  const { body } = await api.call('POST /v1/channels', { token: admin, json: { medium: 'custom', name } });
  return String(body['channelId']);
}

async function receive(channelId: string, externalUserId: string, displayName: string, text: string): Promise<Answer> {
  const json = { externalMessageId: `m${++number}`, from: { externalUserId, displayName }, text };
  last = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
  return last;
}

type Item = Readonly<Record<string, unknown>>;

/** Finds as new as the last message. */
async function found(q: string, more = '', bearer = admin): Promise<readonly Item[]> {
  const headers = { 'ledger-position': String(last.body['position']) };
  const { status, body } = await api.call(`GET /v1/search?q=${encodeURIComponent(q)}${more}`, {
    token: bearer,
    headers,
  });
  expect(status).toBe(200);
  return body['items'] as Item[];
}

beforeAll(async () => {
  api = await startTestApi();
  [admin, agent, service] = await Promise.all([token('admin'), token('agent'), token('service')]);
  [shop, desk] = [await channel('Shop'), await channel('Desk')];
  await api.call('GET /v1/queue', { token: agent });
  await api.call('PUT /v1/users/agent/channels', { token: admin, json: { channelIds: [shop] } });
  await receive(shop, 'zoe', 'Zoë Müller', 'Where is my blue bicycle?');
  await receive(desk, 'bob', 'Bob Stone', 'The blue bicycle is broken');
});
afterAll(async () => {
  await api.close();
});

describe('search over HTTP', () => {
  it('finds contacts by name without accents, conversations by what was written, newest first', async () => {
    expect(await found('muller zoe')).toEqual([{ contactId: expect.any(String), name: 'Zoë Müller' }]);
    const items = await found('bicycle', '&in=conversations');
    expect(items.map(({ channelId }) => channelId)).toEqual([desk, shop]);
    expect(items[0]).toEqual({
      contactId: last.body['contactId'],
      name: 'Bob Stone',
      conversationId: last.body['conversationId'],
      messageId: last.body['messageId'],
      channelId: desk,
      at: expect.any(String),
    });
  });

  it('takes the last word as a beginning, all others whole', async () => {
    expect(await found('blue bic')).toHaveLength(2);
    expect(await found('blu bicycle')).toHaveLength(0);
    expect(await found('blue bicycle broken')).toHaveLength(1);
    expect(await found('blue bicycles')).toHaveLength(0);
  });

  it('ASG-6: finds nothing on channels that the viewer lacks', async () => {
    expect(await found('bicycle', '', agent)).toEqual([expect.objectContaining({ channelId: shop })]);
    expect(await found('stone', '', agent)).toEqual([]);
    expect(await found('bob', '&in=contacts', agent)).toEqual([]);
    expect(await found('stone')).toHaveLength(1);
  });

  it('finds by values, by identifiers, and by groups; nothing by what is not there any more', async () => {
    await api.call('POST /v1/attributes', { token: admin, json: { alias: 'city', label: 'City', format: 'text' } });
    const attributes = [
      { alias: 'city', value: 'Scheveningen' },
      { alias: 'vip', value: true },
    ];
    const identities = [{ medium: 'sms', externalUserId: '+31 6 1234 5678' }];
    const json = { name: 'Eve', attributes, identities };
    last = await api.call('POST /v1/contacts', { token: admin, json });
    const contactId = String(last.body['contactId']);
    for (const q of ['schev', 'scheveningen', '+31 6 123', 'vip', 'eve vip']) {
      expect(await found(q, '&in=contacts')).toEqual([{ contactId, name: 'Eve' }]);
    }
    last = await api.call(`DELETE /v1/contacts/${contactId}/attributes/city`, { token: admin });
    expect(await found('scheveningen')).toEqual([]);
  });

  it('CON-1: an agent finds whom they made themselves before anybody was met', async () => {
    last = await api.call('POST /v1/contacts', { token: agent, json: { name: 'Prospect' } });
    expect(await found('prospect', '', agent)).toHaveLength(1);
    expect(await found('prospect', '', await token('agent', 'somebody'))).toHaveLength(0);
  });

  it('pages of 20, with a cursor that goes on where the page ended', async () => {
    for (let index = 0; index < 25; index++) await receive(shop, 'many', 'Many', `needle ${index}`);
    const headers = { 'ledger-position': String(last.body['position']) };
    const first = await api.call('GET /v1/search?q=needle', { token: agent, headers });
    expect(first.body['items']).toHaveLength(20);
    await receive(shop, 'many', 'Many', 'needle in between');
    const rest = await api.call(`GET /v1/search?q=needle&cursor=${String(first.body['nextCursor'])}`, { token: agent });
    expect(rest.body['items']).toHaveLength(5);
    expect(rest.body['nextCursor']).toBeUndefined();
    const ids = [...(first.body['items'] as Item[]), ...(rest.body['items'] as Item[])].map(
      (item) => item['messageId'],
    );
    expect(new Set(ids).size).toBe(25);
  });

  it.each([['q='], ['in=contacts'], ['q=x&in=everything'], ['q=x&in='], [`q=${'x'.repeat(201)}`], ['q=x&limit=0']])(
    'refuses ?%s',
    async (query) => {
      expect(await api.call(`GET /v1/search?${query}`, { token: agent })).toMatchObject({ status: 400 });
    },
  );

  it('has nothing for what holds no word', async () => {
    expect(await found('?!')).toEqual([]);
  });
});
