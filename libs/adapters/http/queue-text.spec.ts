import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const clock = createMovableClock();
let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let position = '';
const channels: Record<string, string> = {};

async function call(route: string, bearer: string, json?: object): Promise<Answer> {
  const headers = route.startsWith('GET') && position !== '' ? { 'ledger-position': position } : {};
  const answer = await api.call(route, { token: bearer, headers, ...(json && { json }) });
  const { position: settled } = answer.body;
  if (typeof settled === 'string') position = settled;
  return answer;
}
let messages = 0;
async function receive(displayName: string, channel: string, text: string): Promise<string> {
  const json = { externalMessageId: `m-${++messages}`, from: { externalUserId: displayName, displayName }, text };
  const { body } = await call(`POST /v1/channels/${channels[channel] ?? ''}/inbound`, service, json);
  clock.jump(60_000);
  return String(body['conversationId']);
}
const found = async (query: string, bearer = admin): Promise<unknown[]> =>
  ((await call(`GET /v1/queue?${query}`, bearer)).body['items'] as { name: string }[]).map(({ name }) => name);

beforeAll(async () => {
  api = await startTestApi({ clock });
  [admin, agent, service] = await Promise.all([token('admin'), token('agent', 'ann'), token('service')]);
  for (const name of ['shop', 'desk']) {
    const settings = { idScope: 'one' };
    const made = await call('POST /v1/channels', admin, { medium: 'custom', name, settings });
    channels[name] = String(made.body['channelId']);
  }
  await call('POST /v1/users', admin, { userId: 'ann', name: 'Ann', role: 'agent' });
  await call('PUT /v1/users/ann/channels', admin, { channelIds: [channels['shop']] });
  await receive('Amina Okafor', 'shop', 'Where is my parcel?');
  await receive('Björn Öz', 'shop', 'The parcel is wet.');
  await receive('Carla Diaz', 'desk', 'My parcel is late.');
  await receive('Björn Öz', 'desk', 'Only the secret word: marzipan.');
});
afterAll(async () => {
  await api.close();
});

describe('a text in the queue', () => {
  it('ASG-10: finds who is called so and where it was written, in rank order, the last word half typed', async () => {
    expect(await found('q=parcel')).toEqual(['Amina Okafor', 'Björn Öz', 'Carla Diaz']);
    expect(await found('q=parc')).toEqual(['Amina Okafor', 'Björn Öz', 'Carla Diaz']);
    expect(await found('q=bjorn')).toEqual(['Björn Öz']);
    expect(await found('q=okafor&status=new')).toEqual(['Amina Okafor']);
    expect(await found('q=okafor&status=pending')).toEqual([]);
    expect(await found('q=%3F%21')).toEqual([]);
    expect((await call('GET /v1/queue?q=', admin)).status).toBe(400);
  });

  it('ASG-6, ASG-10: finds nothing by what the caller does not see', async () => {
    expect(await found('q=parcel', agent)).toEqual(['Amina Okafor', 'Björn Öz']);
    expect(await found('q=marzipan')).toEqual(['Björn Öz']);
    expect(await found('q=marzipan', agent)).toEqual([]);
  });

  it('ASG-10: comes in pages', async () => {
    const { body } = await call('GET /v1/queue?q=parcel&limit=2', admin);
    expect(body['items']).toHaveLength(2);
    expect(await found(`q=parcel&limit=2&cursor=${String(body['nextCursor'])}`)).toEqual(['Carla Diaz']);
  });

  it('ASG-10, CNV-10: finds among what is closed only where it was written', async () => {
    const first = await receive('Dora', 'shop', 'A pretzel, please.');
    await call(`POST /v1/conversations/${first}/close`, admin, {});
    await receive('Dora', 'shop', 'And a bun.');
    expect(await found('view=closed&q=pretzel')).toEqual(['Dora']);
    expect(await found('view=closed&q=bun')).toEqual([]);
    expect(await found('q=pretzel')).toEqual([]);
    expect(await found('q=bun')).toEqual(['Dora']);
  });
});

describe('mentions in the queue', () => {
  it('CNV-6, ASG-10: are a view of its own, counted like what is closed', async () => {
    const asked = await receive('Ella', 'shop', 'Can I have an invoice?');
    await call(`POST /v1/conversations/${asked}/notes`, admin, { text: 'Ann, please look.', mentions: ['ann'] });
    expect(await found('view=mentions', agent)).toEqual(['Ella']);
    expect(await found('view=mentions')).toEqual([]);
    expect((await call('GET /v1/queue/counters', agent)).body).toMatchObject({ mentions: 1, closed: 1 });
    await call(`POST /v1/conversations/${asked}/close`, admin, {});
    expect((await call('GET /v1/queue/counters', agent)).body).toMatchObject({ mentions: 0, closed: 2 });
    expect((await call('GET /v1/queue/counters', admin)).body).toMatchObject({ mentions: 0, closed: 2 });
  });
});

describe('what the queue cannot be narrowed down by', () => {
  it('ASG-10: is refused of what is closed, and of live updates; topics narrow down what is closed', async () => {
    const { body } = await call('POST /v1/topics', admin, { name: 'Pastry' });
    const topicId = String(body['topicId']);
    const about = await receive('Fay', 'shop', 'Croissants?');
    await call(`PUT /v1/conversations/${about}/topics/${topicId}`, admin);
    await call(`POST /v1/conversations/${about}/close`, admin, {});
    expect(await found(`view=closed&topic=${topicId}`)).toEqual(['Fay']);
    expect(await found('view=closed&topic=none')).toEqual([]);
    for (const [query, pointer] of [
      ['queue?view=closed&group=vip', '?group'],
      ['queue?view=closed&status=new', '?status'],
      ['queue?view=closed&waitingLonger=PT1M', '?waitingLonger'],
      ['live/queue?q=parcel', '?q'],
      ['live/queue?view=closed', '?view'],
      ['live/queue?limit=10', '?limit'],
      ['live/queue?cursor=abc', '?cursor'],
    ] as const) {
      const refused = await call(`GET /v1/${query}`, admin);
      expect(refused.status).toBe(400);
      expect((refused.body['errors'] as { pointer: string }[]).map((error) => error.pointer)).toEqual([pointer]);
    }
  });
});
