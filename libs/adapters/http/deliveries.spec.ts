import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const clock = createMovableClock();
let api: TestApi;
let agent: string;
let service: string;
let shop: string;
let messages = 0;

async function read(path: string, after: Answer): Promise<Answer> {
  return api.call(`GET ${path}`, { token: agent, headers: { 'ledger-position': String(after.body['position']) } });
}

async function receive(externalUserId: string): Promise<Answer> {
  const json = { externalMessageId: `m${messages++}`, from: { externalUserId }, text: 'Hello' };
  return api.call(`POST /v1/channels/${shop}/inbound`, { token: service, json });
}

const send = (id: string, text: string, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call(`POST /v1/conversations/${id}/messages`, { token: agent, json: { text }, headers });

async function report(messageId: unknown, json: object, channelId = shop): Promise<Answer> {
  return api.call(`POST /v1/channels/${channelId}/deliveries`, { token: service, json: { messageId, ...json } });
}

async function stateOf(id: string, after: Answer): Promise<unknown> {
  const { body } = await read(`/v1/conversations/${id}/messages`, after);
  const items = body['items'] as { direction: string; state?: string; failure?: string }[];
  return items.filter(({ direction }) => direction === 'out').map(({ state, failure }) => ({ state, failure }));
}

beforeAll(async () => {
  api = await startTestApi({ clock, acting: true });
  const [admin, ...others] = await Promise.all([token('admin'), token('agent'), token('service')]);
  [agent, service] = others;
  const { body } = await api.call('POST /v1/channels', { token: admin, json: { medium: 'custom', name: 'Shop' } });
  shop = String(body['channelId']);
  await api.call('GET /v1/queue', { token: agent });
  await api.call('PUT /v1/users/agent/channels', { token: admin, json: { channelIds: [shop] } });
});
afterAll(async () => {
  await api.close();
});

describe('delivery states', () => {
  it('CNV-5: are reported by the channel and shown on the message', async () => {
    const id = String((await receive('delivered')).body['conversationId']);
    const { body, ...written } = await send(id, 'Good day');
    await read(`/v1/conversations/${id}`, { body, ...written });
    const handed = await report(body['messageId'], { state: 'handedToChannel', externalMessageId: 'wamid.1' });
    expect(handed.status).toBe(200);
    expect(await stateOf(id, handed)).toEqual([{ state: 'handedToChannel' }]);
    expect(await stateOf(id, await report(body['messageId'], { state: 'read' }))).toEqual([{ state: 'read' }]);
    const late = await report(body['messageId'], { state: 'delivered' });
    expect(late.status).toBe(200);
    expect(await stateOf(id, late)).toEqual([{ state: 'read' }]);
  });

  it('CNV-3: a failed answer makes the conversation new again, with its old waiting time', async () => {
    const came = await receive('failing');
    const id = String(came.body['conversationId']);
    const since = clock.now();
    clock.jump(60_000);
    const written = await send(id, 'Good day');
    expect((await read(`/v1/conversations/${id}`, written)).body).toMatchObject({ status: 'pending' });
    clock.jump(60_000);
    const failed = await report(written.body['messageId'], { state: 'failed', reason: 'unknown number' });
    expect(await stateOf(id, failed)).toEqual([{ state: 'failed', failure: 'unknown number' }]);
    let shown: Answer;
    do shown = await api.call(`GET /v1/conversations/${id}`, { token: agent });
    while (shown.body['status'] === 'pending');
    expect(shown.body).toMatchObject({ status: 'new', waitingSince: since });
  });

  it('CNV-5: of a message that did not leave by this channel are not taken', async () => {
    const came = await receive('unknown');
    expect(await report('none', { state: 'read' })).toMatchObject({ status: 404 });
    expect(await report(came.body['messageId'], { state: 'read' })).toMatchObject({ status: 404 });
    expect((await report('none', { state: 'lost' })).status).toBe(400);
  });
});

describe('two agents who answer', () => {
  it('ASG-10: who has not seen the newest messages gets them with the 412', async () => {
    const id = String((await receive('two')).body['conversationId']);
    const seen = await read(`/v1/conversations/${id}`, await send(id, 'First'));
    const etag = String(seen.headers.get('etag'));
    await receive('two');
    const late = await send(id, 'Second', { 'if-match': etag });
    expect(late).toMatchObject({
      status: 412,
      body: {
        type: '/problems/precondition-failed',
        messages: [{ direction: 'in', text: 'Hello', channelId: shop }],
      },
    });
    expect((await send(id, 'Second', { 'if-match': String(late.headers.get('etag')) })).status).toBe(201);
  });
});
