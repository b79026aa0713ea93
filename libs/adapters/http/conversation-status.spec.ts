import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const hour = 3_600_000;
const clock = createMovableClock();
let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let shop: string;
let whatsapp: string;
let messages = 0;

async function read(path: string, after: Answer, bearer = agent): Promise<Answer> {
  return api.call(`GET ${path}`, { token: bearer, headers: { 'ledger-position': String(after.body['position']) } });
}

async function connect(medium: string): Promise<string> {
  const { body } = await api.call('POST /v1/channels', { token: admin, json: { medium, name: medium } });
  return String(body['channelId']);
}

async function receive(channelId: string, externalUserId: string): Promise<Answer> {
  const json = { externalMessageId: `m${messages++}`, from: { externalUserId }, text: 'Hello' };
  return api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
}

async function begin(externalUserId: string, channelId = shop): Promise<string> {
  return String((await receive(channelId, externalUserId)).body['conversationId']);
}

const send = (path: string, json: object = {}, bearer = agent): Promise<Answer> =>
  api.call(`POST /v1/conversations/${path}`, { token: bearer, json });
const put = (path: string, json: object = {}): Promise<Answer> =>
  api.call(`PUT /v1/conversations/${path}`, { token: agent, json });
const remove = (path: string): Promise<Answer> => api.call(`DELETE /v1/conversations/${path}`, { token: agent });

beforeAll(async () => {
  api = await startTestApi({ clock, acting: true });
  [admin, agent, service] = await Promise.all([token('admin'), token('agent'), token('service')]);
  [shop, whatsapp] = [await connect('custom'), await connect('whatsapp')];
  await api.call('GET /v1/queue', { token: agent });
  await api.call('PUT /v1/users/agent/channels', { token: admin, json: { channelIds: [shop, whatsapp] } });
});
afterAll(async () => {
  await api.close();
});

describe('a snoozed conversation', () => {
  it('CNV-3: comes back as new when its time has come', async () => {
    const id = await begin('sleeper');
    await send(`${id}/messages`, { text: 'I will ask' });
    const until = new Date(Date.parse(clock.now()) + 30 * 24 * hour).toISOString();
    const snoozed = await send(`${id}/snooze`, { until });
    expect(snoozed.status).toBe(200);
    expect((await read(`/v1/conversations/${id}`, snoozed)).body).toMatchObject({
      status: 'snoozed',
      snoozedUntil: until,
      waitingSince: null,
    });
    clock.jump(30 * 24 * hour);
    let shown: Answer;
    do shown = await api.call(`GET /v1/conversations/${id}`, { token: agent });
    while (shown.body['status'] === 'snoozed');
    expect(shown.body).toMatchObject({ status: 'new', waitingSince: clock.now() });
    expect(shown.body).not.toHaveProperty('snoozedUntil');
    clock.jump(-30 * 24 * hour);
  });

  it('CNV-3: is woken by hand, and by what the person writes', async () => {
    const id = await begin('woken');
    const until = '2026-04-01T08:00:00+02:00';
    await send(`${id}/snooze`, { until });
    expect((await read(`/v1/conversations/${id}`, await remove(`${id}/snooze`))).body).toMatchObject({ status: 'new' });
    await send(`${id}/snooze`, { until });
    const came = await receive(shop, 'woken');
    expect((await read(`/v1/conversations/${id}`, came)).body).toMatchObject({ status: 'new' });
  });

  it('CNV-3: needs a time that is still to come', async () => {
    const id = await begin('past');
    expect(await send(`${id}/snooze`, { until: '2020-01-01T00:00:00Z' })).toMatchObject({
      status: 422,
      body: { type: '/problems/snooze-over' },
    });
    expect((await send(`${id}/snooze`, { until: 'tomorrow' })).status).toBe(400);
    expect((await send(`${id}/snooze`)).status).toBe(400);
  });
});

describe('doors', () => {
  it('CNV-3: a bot answers while the conversation is handed to it; only services speak for bots (door only)', async () => {
    const id = await begin('bot');
    const asBot = { text: 'Beep', writtenBy: 'bot' };
    expect((await send(`${id}/messages`, asBot)).status).toBe(403);
    const notice = await send(`${id}/messages`, asBot, service);
    expect((await read(`/v1/conversations/${id}`, notice)).body).toMatchObject({ status: 'new' });
    await put(`${id}/bot`, { botId: 'faq' });
    const answer = await send(`${id}/messages`, asBot, service);
    expect((await read(`/v1/conversations/${id}`, answer)).body).toMatchObject({
      status: 'pending',
      handledBy: { botId: 'faq' },
    });
    const taken = await remove(`${id}/bot`);
    expect((await read(`/v1/conversations/${id}`, taken)).body).not.toHaveProperty('handledBy');
  });

  it('CNV-3: a service’s message answers when it says so', async () => {
    const id = await begin('answers');
    const answer = await send(`${id}/messages`, { text: 'Done', answers: true }, service);
    expect((await read(`/v1/conversations/${id}`, answer)).body).toMatchObject({ status: 'pending' });
  });

  it('CNV-2, CNV-8: a service opens for an automation and closes for a bot (door only)', async () => {
    const came = await receive(shop, 'automated');
    const { conversationId, contactId } = came.body;
    const closed = await send(`${String(conversationId)}/close`, { onBehalfOf: 'bot' }, service);
    expect((await read(`/v1/conversations/${String(conversationId)}`, closed)).body).toMatchObject({
      closedBy: { cause: 'bot' },
    });
    const json = { contactId, channelId: shop, onBehalfOf: 'automation' };
    const opened = await api.call('POST /v1/conversations', { token: service, json });
    expect((await read(`/v1/conversations/${String(opened.body['conversationId'])}`, opened)).body).toMatchObject({
      status: 'pending',
      openedBy: { cause: 'automation' },
      assignee: null,
    });
    expect((await api.call('POST /v1/conversations', { token: agent, json })).status).toBe(403);
  });
});

describe('the reply window', () => {
  it('CNV-5: is shown, and closes after a day', async () => {
    const id = await begin('491700000001', whatsapp);
    const first = await send(`${id}/messages`, { text: 'At once' });
    const until = new Date(Date.parse(clock.now()) + 24 * hour).toISOString();
    expect((await read(`/v1/conversations/${id}`, first)).body).toMatchObject({ replyUntil: until });
    clock.jump(25 * hour);
    expect(await send(`${id}/messages`, { text: 'Too late' })).toMatchObject({
      status: 409,
      body: { type: '/problems/reply-window-closed', channelId: whatsapp, replyUntil: until },
    });
    clock.jump(-25 * hour);
  });
});

describe('topics', () => {
  it('CNV-7: are made by admins, set and removed on conversations, and stay where they are when archived', async () => {
    const json = { name: 'Refund', colour: '#FF8800' };
    expect((await api.call('POST /v1/topics', { token: agent, json })).status).toBe(403);
    const created = await api.call('POST /v1/topics', { token: admin, json });
    expect(created.status).toBe(201);
    const topicId = String(created.body['topicId']);
    expect(await api.call('POST /v1/topics', { token: admin, json })).toMatchObject({
      status: 409,
      body: { type: '/problems/topic-exists', topicId },
    });
    const id = await begin('topical');
    const set = await put(`${id}/topics/${topicId}`);
    expect((await read(`/v1/conversations/${id}`, set)).body).toMatchObject({ topics: [topicId] });
    await api.call(`DELETE /v1/topics/${topicId}`, { token: admin });
    expect((await api.call(`GET /v1/topics/${topicId}`, { token: agent })).body).toEqual({
      topicId,
      name: 'Refund',
      colour: '#ff8800',
      archived: true,
    });
    const other = await begin('topical too');
    expect(await put(`${other}/topics/${topicId}`)).toMatchObject({
      status: 422,
      body: { type: '/problems/unknown-topic', topicId },
    });
    const removed = await remove(`${id}/topics/${topicId}`);
    expect((await read(`/v1/conversations/${id}`, removed)).body).toMatchObject({ topics: [] });
    const back = { token: admin, json: { archived: false, name: 'Money back' } };
    await api.call(`PATCH /v1/topics/${topicId}`, back);
    expect((await put(`${other}/topics/${topicId}`)).status).toBe(200);
    const list = await api.call('GET /v1/topics', { token: agent });
    expect(list.body['items']).toEqual([{ topicId, name: 'Money back', colour: '#ff8800', archived: false }]);
    expect((await api.call('PATCH /v1/topics/none', back)).status).toBe(404);
  });
});
