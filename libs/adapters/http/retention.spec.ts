import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { collect, createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const day = 86_400_000;
const clock = createMovableClock();
let api: TestApi;
let admin: string;
let service: string;
let shop: string;

async function call(route: string, json?: object, bearer = admin): Promise<Answer> {
  const answer = await api.call(route, { token: bearer, ...(json && { json }) });
  if (answer.status >= 400) throw new Error(`${route}: ${JSON.stringify(answer.body)}`);
  return answer;
}

/** Somebody whose city is known, in an open conversation. */
async function customer(name: string, city: string): Promise<{ contactId: string; conversationId: string }> {
  const json = { externalMessageId: name, from: { externalUserId: name }, text: 'Hello' };
  const { body } = await call(`POST /v1/channels/${shop}/inbound`, json, service);
  const [contactId, conversationId] = [String(body['contactId']), String(body['conversationId'])];
  await call(`PUT /v1/contacts/${contactId}/attributes/city`, { value: city });
  return { contactId, conversationId };
}

async function cityOf(contactId: string): Promise<unknown> {
  const { body } = await call(`GET /v1/contacts/${contactId}`);
  return (body['attributes'] as { alias: string; value: unknown }[]).find(({ alias }) => alias === 'city')?.value;
}

/** Looks again and again, each time an hour later; the test's time limit is the limit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    clock.jump(3_600_000);
    await sleep(20);
  }
}

const log = async (): Promise<string> => JSON.stringify(await collect(api.store.readAll()));

beforeAll(async () => {
  api = await startTestApi({ acting: true, clock });
  [admin, service] = await Promise.all([token('admin'), token('service')]);
  shop = String((await call('POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
  await call('POST /v1/attributes', { alias: 'city', label: 'City', format: 'text' });
  await call('PATCH /v1/attributes/city', { retention: 'P30D' });
});
afterAll(async () => {
  await api.close();
});

describe('the retention of an attribute', () => {
  it('ATT-7, DEL-8: clears what was outlived and makes it unreadable, and nothing else', async () => {
    const [ada, bob, cid] = [
      await customer('ada', 'Delft'),
      await customer('bob', 'Leiden'),
      await customer('cid', 'Breda'),
    ];
    await call(`POST /v1/conversations/${ada.conversationId}/close`, {});
    clock.jump(20 * day);
    await call(`POST /v1/conversations/${cid.conversationId}/close`, {});
    clock.jump(15 * day);
    await until(async () => (await cityOf(ada.contactId)) === undefined);
    await until(async () => !(await log()).includes('Delft'));
    expect([await cityOf(bob.contactId), await cityOf(cid.contactId)]).toEqual(['Leiden', 'Breda']);
    const { body } = await call(`GET /v1/contacts/${ada.contactId}/attributes/city/history`);
    expect(body['items']).toMatchObject([{ value: null, actor: { role: 'workflow' } }, {}]);
    expect(JSON.stringify(body)).not.toContain('Delft');
  });

  it('ATT-7, CON-5: of a merged contact, once no conversation of either is open', async () => {
    const [dee, eve] = [await customer('dee', 'Gouda'), await customer('eve', 'Tiel')];
    await call(`POST /v1/contacts/${dee.contactId}/merge`, {
      secondaryId: eve.contactId,
      winners: { city: eve.contactId },
    });
    clock.jump(40 * day);
    const { body } = await call('GET /v1/attributes/city/retention/preview');
    expect(JSON.stringify(body)).not.toContain(dee.contactId);
    expect(await cityOf(dee.contactId)).toBe('Tiel');
    await call(`POST /v1/conversations/${dee.conversationId}/close`, {});
    clock.jump(31 * day);
    await until(async () => !/Gouda|Tiel/.test(await log()));
    expect(await cityOf(dee.contactId)).toBeUndefined();
  });
});
