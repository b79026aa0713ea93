import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let channelId: string;

/** Reads as new as the command before. */
async function read(path: string, after: Answer, bearer = agent): Promise<Answer> {
  return api.call(`GET ${path}`, { token: bearer, headers: { 'ledger-position': String(after.body['position']) } });
}

async function connect(json: object): Promise<string> {
  const { body } = await api.call('POST /v1/channels', { token: admin, json });
  return String(body['channelId']);
}

async function receive(externalMessageId: string, externalUserId: string, more: object = {}): Promise<Answer> {
  const json = { externalMessageId, from: { externalUserId, displayName: 'Amina Okafor' }, text: 'Hello', ...more };
  return api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
}

beforeAll(async () => {
  api = await startTestApi({ described: true });
  [admin, agent, service] = await Promise.all([token('admin'), token('agent'), token('service')]);
  channelId = await connect({ medium: 'custom', name: 'Shop' });
  await api.call('GET /v1/queue', { token: agent });
  await api.call('PUT /v1/users/agent/channels', { token: admin, json: { channelIds: [channelId] } });
});
afterAll(async () => {
  await api.close();
});

describe('one message on its whole way', () => {
  it('comes in, is seen in the queue, is answered and closed', async () => {
    const came = await receive('way-1', 'way');
    expect(came).toMatchObject({ status: 201 });
    const { contactId, conversationId } = came.body as Record<string, string>;

    const queue = await read('/v1/queue', came);
    expect(queue.body['items']).toEqual([
      expect.objectContaining({ conversationId, contactId, name: 'Amina Okafor', status: 'new', score: 0 }),
    ]);

    const sent = { token: agent, json: { text: 'Good day' } };
    const reply = await api.call(`POST /v1/conversations/${conversationId ?? ''}/messages`, sent);
    expect(reply).toMatchObject({ status: 201, body: { state: 'queued' } });

    const messages = await read(`/v1/conversations/${conversationId ?? ''}/messages`, reply);
    expect((messages.body['items'] as object[]).map((item) => ({ ...item, messageId: 0, at: 0 }))).toEqual([
      { messageId: 0, direction: 'in', text: 'Hello', channelId, at: 0 },
      {
        messageId: 0,
        direction: 'out',
        text: 'Good day',
        channelId,
        at: 0,
        state: 'queued',
        author: { id: 'agent', role: 'agent' },
      },
    ]);

    const page = await read(`/v1/contacts/${contactId ?? ''}`, reply);
    expect(page.body).toMatchObject({ conversations: [{ conversationId, status: 'pending' }], conversationCount: 1 });

    const closed = await api.call(`POST /v1/conversations/${conversationId ?? ''}/close`, {
      token: agent,
      json: { summary: 'Done' },
    });
    expect(closed.status).toBe(200);
    const conversation = await read(`/v1/conversations/${conversationId ?? ''}`, closed);
    expect(conversation.body).toMatchObject({
      status: 'closed',
      assignee: { userId: 'agent' },
      closingNote: { summary: 'Done' },
    });
    expect((await read('/v1/queue', closed)).body).toEqual({ items: [] });

    const again = await api.call(`POST /v1/conversations/${conversationId ?? ''}/close`, { token: agent, json: {} });
    expect(again).toMatchObject({ status: 409, body: { type: '/problems/conversation-closed', conversationId } });
  });

  it('delivered five times, and again after the close, is one message with the same answer (CON-2)', async () => {
    const first = await receive('again-1', 'again');
    const ids = (({ messageId, contactId, conversationId }) => ({ messageId, contactId, conversationId }))(first.body);
    for (let time = 0; time < 4; time++) {
      expect(await receive('again-1', 'again')).toMatchObject({ status: 200, body: ids });
    }
    const closed = await api.call(`POST /v1/conversations/${String(ids.conversationId)}/close`, { token: agent });
    expect(closed.status).toBe(200);
    const late = await receive('again-1', 'again');
    expect(late).toMatchObject({ status: 200, body: ids });
    const page = await read(`/v1/conversations/${String(ids.conversationId)}/messages`, late);
    expect(page.body['items']).toHaveLength(1);
  });

  it('CNV-4: a reply is known by its key, has 10,000 characters at most, and a closed conversation names the open one', async () => {
    const first = String((await receive('limits-1', 'limits')).body['conversationId']);
    const write = (text: string, key: string): Promise<Answer> =>
      api.call(`POST /v1/conversations/${first}/messages`, {
        token: agent,
        json: { text },
        headers: { 'idempotency-key': key },
      });
    const reply = await write('x'.repeat(10_000), 'longest');
    expect(reply.status).toBe(201);
    expect(await write('x'.repeat(10_000), 'longest')).toMatchObject({ status: 201, body: reply.body });
    expect(await write('x'.repeat(10_001), 'too long')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/text' }] },
    });
    expect((await read(`/v1/conversations/${first}/messages`, reply)).body['items']).toHaveLength(2);

    await api.call(`POST /v1/conversations/${first}/close`, { token: agent });
    const next = await receive('limits-2', 'limits');
    expect(await write('Too late', 'late')).toMatchObject({
      status: 409,
      body: {
        type: '/problems/conversation-closed',
        conversationId: first,
        openConversationId: next.body['conversationId'],
      },
    });
  });

  it('may come in another wrapping: the same id is the same message', async () => {
    const first = await receive('wrapped-1', 'wrapped');
    const again = await receive('wrapped-1', 'wrapped', { text: 'Hello!', sentAt: '2026-03-01T10:00:00+02:00' });
    expect(again).toMatchObject({ status: 200, body: { messageId: first.body['messageId'] } });
  });

  it.each([
    [{ text: undefined }, '/text'],
    [{ type: 'welcome' }, '/text'],
    [{ sentAt: 'yesterday' }, '/sentAt'],
    [{ from: { externalUserId: 'x', profile: { a: {} } } }, '/from/profile'],
  ])('is refused when it does not have the shape: %j', async (more, pointer) => {
    const { status, body } = await receive('shape', 'shape', more);
    expect({ status, errors: body['errors'] }).toEqual({
      status: 400,
      errors: [{ pointer, detail: expect.any(String) }],
    });
  });
});

describe('a contact', () => {
  let contactId: string;
  beforeAll(async () => {
    const identities = [{ channelId, externalUserId: 'made' }];
    const made = await api.call('POST /v1/contacts', { token: agent, json: { name: 'Zoë Quist', identities } });
    contactId = String(made.body['contactId']);
  });

  it('is shown with name and hint, and the revision that it shows', async () => {
    const named = await api.call(`PUT /v1/contacts/${contactId}/name`, {
      token: agent,
      json: { name: 'Zoë B. Quist' },
    });
    const page = await read(`/v1/contacts/${contactId}`, named);
    expect(page.body).toMatchObject({ contactId, name: 'Zoë B. Quist', hint: 'Z•••• B•••• Q••••', vip: false });
    expect(page.headers.get('etag')).toBe(named.headers.get('etag'));
  });

  it('changes only at the revision that If-Match names', async () => {
    const { headers } = await api.call(`PUT /v1/contacts/${contactId}/vip`, { token: agent });
    const etag = headers.get('etag') ?? '';
    const stale = await api.call(`DELETE /v1/contacts/${contactId}/vip`, {
      token: agent,
      headers: { 'if-match': '"0"' },
    });
    expect(stale).toMatchObject({ status: 412, body: { type: '/problems/precondition-failed' } });
    expect(stale.headers.get('etag')).toBe(etag);
    const fresh = await api.call(`DELETE /v1/contacts/${contactId}/vip`, {
      token: agent,
      headers: { 'if-match': etag },
    });
    expect(fresh.status).toBe(200);
  });

  it('has custom attributes that agents set and clear, and platform ones that nobody does (ATT-1)', async () => {
    await api.call('POST /v1/attributes', { token: admin, json: { alias: 'tier', label: 'Tier', format: 'text' } });
    const path = `/v1/contacts/${contactId}/attributes`;
    const set = await api.call(`PUT ${path}/tier`, { token: agent, json: { value: 'gold' } });
    const page = await read(`/v1/contacts/${contactId}`, set);
    expect(page.body['attributes']).toMatchObject([{ alias: 'tier', value: 'gold', source: 'agent' }]);
    expect(await api.call(`DELETE ${path}/tier`, { token: agent })).toMatchObject({ status: 200 });
    expect(
      await api.call(`PUT ${path}/whatsapp.phone`, { token: admin, json: { value: '+15551234567' } }),
    ).toMatchObject({
      status: 403,
      body: { type: '/problems/platform-attribute' },
    });
    expect(await api.call(`PUT ${path}/none`, { token: agent, json: { value: 1 } })).toMatchObject({ status: 404 });
  });

  it('takes notes', async () => {
    const path = `/v1/contacts/${contactId}/notes`;
    const added = await api.call(`POST ${path}`, { token: agent, json: { text: 'Prefers mornings' } });
    expect(added.status).toBe(201);
    const noteId = String(added.body['noteId']);
    const edited = await api.call(`PATCH ${path}/${noteId}`, { token: agent, json: { text: 'Prefers evenings' } });
    expect((await read(`/v1/contacts/${contactId}`, edited)).body['notes']).toMatchObject([
      { noteId, text: 'Prefers evenings' },
    ]);
    const removed = await api.call(`DELETE ${path}/${noteId}`, { token: agent });
    expect((await read(`/v1/contacts/${contactId}`, removed)).body['notes']).toEqual([]);
  });

  it('has one open conversation: another is refused with its id (CNV-1)', async () => {
    const json = { contactId, channelId };
    const opened = await api.call('POST /v1/conversations', { token: agent, json });
    expect(opened.status).toBe(201);
    expect(await api.call('POST /v1/conversations', { token: agent, json })).toMatchObject({
      status: 409,
      body: { type: '/problems/conversation-open', conversationId: opened.body['conversationId'] },
    });
  });
});

describe('what lives on a channel that an agent lacks', () => {
  it('does not exist for them (ASG-6)', async () => {
    const stranger = await token('agent', 'stranger');
    const { body } = await receive('lacks-1', 'lacks');
    const conversationId = String(body['conversationId']);
    for (const path of [
      `/v1/conversations/${conversationId}`,
      `/v1/contacts/${String(body['contactId'])}`,
      `/v1/channels/${channelId}`,
    ]) {
      expect(await api.call(`GET ${path}`, { token: stranger })).toMatchObject({ status: 404 });
    }
    const replied = await api.call(`POST /v1/conversations/${conversationId}/messages`, {
      token: stranger,
      json: { text: 'x' },
    });
    expect(replied).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
    expect((await api.call('GET /v1/queue', { token: stranger })).body).toEqual({ items: [] });
  });
});

describe('a closing note', () => {
  it('holds what the settings ask for (CNV-9)', async () => {
    const { body } = await receive('note-1', 'note');
    const path = `/v1/conversations/${String(body['conversationId'])}`;
    await api.call('PATCH /v1/settings', { token: admin, json: { closingNotes: { mode: 'category' } } });
    const made = await api.call('POST /v1/closing-categories', { token: admin, json: { name: 'Delivery' } });
    const category = String(made.body['categoryId']);
    expect(await api.call(`POST ${path}/close`, { token: agent, json: {} })).toMatchObject({
      status: 422,
      body: { type: '/problems/category-required' },
    });
    expect(await api.call(`POST ${path}/close`, { token: agent, json: { category } })).toMatchObject({ status: 200 });
    const edited = await api.call(`PATCH ${path}/closing-note`, {
      token: agent,
      json: { summary: 'Lost, sent again' },
    });
    const shown = await read(path, edited);
    expect(shown.body['closingNote']).toEqual({ category, summary: 'Lost, sent again' });
    await api.call('PATCH /v1/settings', { token: admin, json: { closingNotes: { mode: 'optional' } } });
  });
});

describe('a list', () => {
  it('comes in parts, each where the one before ended', async () => {
    const { body } = await receive('page-0', 'page');
    const path = `/v1/conversations/${String(body['conversationId'])}/messages`;
    let newest: Answer = { status: 0, headers: new Headers(), body };
    for (let n = 1; n < 5; n++) newest = await receive(`page-${n}`, 'page', { text: `Hello ${n}` });
    const texts: unknown[] = [];
    let cursor: unknown = '';
    do {
      const part = await read(`${path}?limit=2${cursor === '' ? '' : `&cursor=${String(cursor)}`}`, newest);
      texts.push((part.body['items'] as { text: string }[]).map(({ text }) => text));
      cursor = part.body['nextCursor'];
    } while (cursor !== undefined);
    expect(texts).toEqual([['Hello', 'Hello 1'], ['Hello 2', 'Hello 3'], ['Hello 4']]);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'limit=1&limit=2', 'cursor=e30', 'sort=text', '$where=1'])(
    'is refused when it is asked for by %s',
    async (query) => {
      expect(await api.call(`GET /v1/queue?${query}`, { token: agent })).toMatchObject({ status: 400 });
    },
  );
});

describe('the WhatsApp webhook', () => {
  let whatsApp: string;
  beforeAll(async () => {
    const settings = { appSecret: 'app-secret', verifyToken: 'verify me' };
    whatsApp = await connect({ medium: 'whatsapp', name: 'WhatsApp', settings });
  });

  const payload = (...ids: string[]): string =>
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '15550000000', phone_number_id: '1' },
                contacts: [{ profile: { name: 'Kerry Fisher' }, wa_id: '15551234567' }],
                messages: ids.map((id) => ({
                  from: '15551234567',
                  id,
                  timestamp: '1772442000',
                  type: 'text',
                  text: { body: `Text ${id}` },
                })),
              },
            },
          ],
        },
      ],
    });
  const deliver = (raw: string, secret = 'app-secret'): Promise<Answer> => {
    const signature = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
    return api.call(`POST /v1/webhooks/whatsapp/${whatsApp}`, { raw, headers: { 'x-hub-signature-256': signature } });
  };

  it('shakes hands by the verify token', async () => {
    const query = 'hub.mode=subscribe&hub.verify_token=verify%20me&hub.challenge=1158201444';
    const { status, headers, body } = await api.call(`GET /v1/webhooks/whatsapp/${whatsApp}?${query}`);
    expect({ status, type: headers.get('content-type'), body }).toEqual({
      status: 200,
      type: 'text/plain',
      body: { text: '1158201444' },
    });
  });

  it.each([
    '',
    'hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1',
    'hub.mode=x&hub.verify_token=verify%20me&hub.challenge=1',
  ])('shakes no hands by anything else: %s', async (query) => {
    expect(await api.call(`GET /v1/webhooks/whatsapp/${whatsApp}?${query}`)).toMatchObject({ status: 401 });
  });

  it('stores what is signed, once however often it is delivered (S4)', async () => {
    expect(await deliver(payload('wamid.1', 'wamid.2'))).toMatchObject({ status: 200, body: { received: 2 } });
    expect(await deliver(payload('wamid.1', 'wamid.2', 'wamid.3'))).toMatchObject({
      status: 200,
      body: { received: 3 },
    });
    const last = await receive('after', 'after');
    const queue = await read(`/v1/queue?medium=whatsapp`, last, admin);
    const [item] = queue.body['items'] as Record<string, string>[];
    expect(item).toMatchObject({ channelId: whatsApp, name: 'Kerry Fisher' });
    const page = await read(`/v1/conversations/${item?.['conversationId'] ?? ''}/messages`, last, admin);
    expect((page.body['items'] as { text: string }[]).map(({ text }) => text)).toEqual([
      'Text wamid.1',
      'Text wamid.2',
      'Text wamid.3',
    ]);
  });

  it('refuses what another secret signed, and what is not signed, without reading it (S4)', async () => {
    expect(await deliver(payload('wamid.9'), 'other')).toMatchObject({ status: 401 });
    expect(await deliver('{', 'other')).toMatchObject({ status: 401, body: { type: '/problems/bad-signature' } });
    expect(await api.call(`POST /v1/webhooks/whatsapp/${channelId}`, { raw: payload('1') })).toMatchObject({
      status: 401,
    });
    expect(await api.call('POST /v1/webhooks/whatsapp/none', { raw: payload('1') })).toMatchObject({ status: 401 });
  });

  it('acknowledges what it does not take', async () => {
    expect(await deliver('{"object":"whatsapp_business_account","entry":[]}')).toMatchObject({
      status: 200,
      body: { received: 0 },
    });
  });

  it('never gives its secrets back', async () => {
    const one = await api.call(`GET /v1/channels/${whatsApp}`, { token: admin });
    expect(one.body).toEqual({
      channelId: whatsApp,
      medium: 'whatsapp',
      name: 'WhatsApp',
      enabled: true,
      settings: { idScope: 'platform', secrets: ['appSecret', 'verifyToken'] },
    });
  });
});
