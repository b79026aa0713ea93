import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

interface Sent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

let api: TestApi;
let admin: string;
let agent: string;
let service: string;
const channels: Record<string, string> = {};

const call = (route: string, json?: object): Promise<Answer> =>
  api.call(route, { token: admin, ...(json && { json }) });
async function receive(who: string, id: string, channel = 'shop'): Promise<string> {
  const json = {
    externalMessageId: `${who}-${id}`,
    from: { externalUserId: who, displayName: who },
    text: `${who} ${id}`,
  };
  const path = `POST /v1/channels/${channels[channel] ?? ''}/inbound`;
  return String((await api.call(path, { token: service, json })).body['conversationId']);
}

/** A client: `next` is the next event of the stream. */
async function listen(path: string, bearer: string, lastEventId?: string) {
  const headers = { authorization: `Bearer ${bearer}`, ...(lastEventId && { 'last-event-id': lastEventId }) };
  const leaving = new AbortController();
  const response = await fetch(`${api.url}${path}`, { headers, signal: leaving.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    async next(): Promise<Sent> {
      for (;;) {
        const end = rest.indexOf('\n\n');
        if (end >= 0) {
          const block = rest.slice(0, end);
          rest = rest.slice(end + 2);
          const of = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
          if (of('event') !== '') {
            return { id: of('id'), event: of('event'), data: JSON.parse(of('data')) as Sent['data'] };
          }
          continue;
        }
        const chunk = await reader?.read();
        if (chunk?.value === undefined) throw new Error('the stream ended');
        rest += chunk.value;
      }
    },
    leave() {
      leaving.abort();
    },
  };
}

beforeAll(async () => {
  api = await startTestApi();
  [admin, agent, service] = await Promise.all([token('admin'), token('agent', 'ann'), token('service')]);
  for (const name of ['shop', 'desk']) {
    channels[name] = String((await call('POST /v1/channels', { medium: 'custom', name })).body['channelId']);
  }
  await call('POST /v1/users', { userId: 'ann', name: 'Ann', role: 'agent' });
  await call('PUT /v1/users/ann/channels', { channelIds: [channels['shop']] });
});
afterAll(async () => {
  await api.close();
});

describe('the queue, live', () => {
  it('ASG-10: tells what changes, and what leaves the filter', async () => {
    const client = await listen('/v1/live/queue?view=new', agent);
    expect([client.status, client.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(await client.next()).toMatchObject({ event: 'position' });
    const conversationId = await receive('one', '1');
    expect(await client.next()).toMatchObject({
      event: 'changed',
      data: { conversationId, name: 'one', status: 'new', score: 0 },
    });
    await call(`POST /v1/conversations/${conversationId}/messages`, { text: 'Good day' });
    expect(await client.next()).toMatchObject({ event: 'removed', data: { conversationId } });
    client.leave();
  });

  it('ASG-6: tells nothing of channels without access, and that what was lost with the access is gone', async () => {
    const client = await listen('/v1/live/queue', agent);
    await client.next();
    await receive('hidden', '1', 'desk');
    const conversationId = await receive('seen', '1');
    expect(await client.next()).toMatchObject({ event: 'changed', data: { conversationId } });
    await call('PUT /v1/users/ann/channels', { channelIds: [] });
    const gone: unknown[] = [await client.next(), await client.next()];
    expect(gone).toContainEqual(expect.objectContaining({ event: 'removed', data: { conversationId } }));
    await call('PUT /v1/users/ann/channels', { channelIds: [channels['shop']] });
    client.leave();
  });

  it('ASG-10: goes on where the client was', async () => {
    const first = await listen('/v1/live/queue', agent);
    const { id } = await first.next();
    first.leave();
    const open = await receive('while-away', '1');
    const closed = await receive('closed-away', '1');
    const { body } = await call(`POST /v1/conversations/${closed}/close`);
    await api.call('GET /v1/queue', { token: admin, headers: { 'ledger-position': String(body['position']) } });
    const again = await listen('/v1/live/queue', agent, id);
    await again.next();
    expect([await again.next(), await again.next()]).toMatchObject([
      { event: 'changed', data: { conversationId: open } },
      { event: 'removed', data: { conversationId: closed } },
    ]);
    again.leave();
    const foreign = await api.call('GET /v1/live/queue', { token: agent, headers: { 'last-event-id': 'nonsense' } });
    expect([foreign.status, foreign.body['errors']]).toEqual([
      400,
      [{ pointer: 'Last-Event-ID', detail: 'has to be a position that an answer carried' }],
    ]);
  });
});

describe('a conversation, live', () => {
  it('ASG-10: tells each message and change, and ends for who loses access', async () => {
    const conversationId = await receive('talk', '1');
    const came = await call(`GET /v1/queue/counters`);
    expect(came.status).toBe(200);
    const client = await listen(`/v1/live/conversations/${conversationId}`, admin);
    await client.next();
    await receive('talk', '2');
    const changed = await client.next();
    expect(changed).toMatchObject({ event: 'changed', data: { conversation: { conversationId, status: 'new' } } });
    expect((changed.data['messages'] as object[]).at(-1)).toMatchObject({ direction: 'in', text: 'talk 2' });
    client.leave();
  });

  it('ASG-10: shows it as its page does, with the entity tag that a reply is guarded by', async () => {
    const conversationId = await receive('guarded', '1');
    await call('GET /v1/queue/counters');
    const client = await listen(`/v1/live/conversations/${conversationId}`, admin);
    await client.next();
    await receive('guarded', '2');
    const { conversation, etag } = (await client.next()).data;
    client.leave();
    expect((await call(`GET /v1/conversations/${conversationId}`)).body).toEqual(conversation);
    const path = `POST /v1/conversations/${conversationId}/messages`;
    const answer = (text: string): Promise<Answer> =>
      api.call(path, { token: admin, json: { text }, headers: { 'if-match': String(etag) } });
    expect((await answer('First')).status).toBe(201);
    expect((await answer('Second')).status).toBe(412);
  });

  it('CON-5: tells who speaks for the contact of a closed one since a merge, also to who was away', async () => {
    const [conversationId, other] = [await receive('eve', '1'), await receive('eva', '1')];
    const [secondaryId, primaryId] = [conversationId, other].map((id) => id.replace(/\.\d+$/, ''));
    const { body } = await call(`POST /v1/conversations/${conversationId}/close`);
    await api.call('GET /v1/queue', { token: admin, headers: { 'ledger-position': String(body['position']) } });
    const path = `/v1/live/conversations/${conversationId}`;
    const client = await listen(path, admin);
    const { id } = await client.next();
    await call(`POST /v1/contacts/${primaryId ?? ''}/merge`, { secondaryId, winners: {} });
    const told = { event: 'changed', data: { conversation: { conversationId, contactId: primaryId }, messages: [] } };
    expect(await client.next()).toMatchObject(told);
    client.leave();
    const again = await listen(path, admin, id);
    await again.next();
    expect(await again.next()).toMatchObject(told);
    again.leave();
  });

  it('DEL-6: is gone from the request on that its contact be deleted, and who listens is told', async () => {
    const conversationId = await receive('leaving', '1');
    const [contactId = ''] = conversationId.split('.');
    const { hint } = (await call(`GET /v1/contacts/${contactId}`)).body;
    const client = await listen(`/v1/live/conversations/${conversationId}`, admin);
    await client.next();
    await call(`DELETE /v1/contacts/${contactId}`, { hint });
    expect(await client.next()).toMatchObject({ event: 'removed', data: { conversationId } });
    client.leave();
    expect((await call(`GET /v1/live/conversations/${conversationId}`)).status).toBe(410);
  });

  it('ASG-6: is not there for who lacks its channels', async () => {
    const conversationId = await receive('private', '1', 'desk');
    const answer = await api.call(`GET /v1/live/conversations/${conversationId}`, { token: agent });
    expect(answer.status).toBe(404);
  });
});
