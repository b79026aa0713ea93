import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { startSystem, temporaryDirectory, type Answer, type System } from '../support/system.js';

/** The answer's status with its body, so that a failure shows the problem document. */
const outcome = ({ status, body }: Answer) => ({ status, body });
const positionOf = (answer: Answer) => ({ 'ledger-position': answer.headers.get('ledger-position') ?? '' });
const text = (value: unknown) => {
  if (typeof value !== 'string') throw new Error(`not a text: ${JSON.stringify(value)}`);
  return value;
};
const list = (answer: Answer) => {
  const { items } = answer.body;
  if (!Array.isArray(items)) throw new Error(`not a list: ${answer.status} ${JSON.stringify(answer.body)}`);
  return items as Record<string, unknown>[];
};

describe('one message travels the whole way', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let system: System;
  let shop: string;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    system = await startSystem(directory.path);
    const connected = await system.call('POST', '/v1/channels', {
      role: 'admin',
      body: { medium: 'custom', name: 'Shop' },
    });
    expect(connected.status).toBe(201);
    shop = text(connected.body['channelId']);
  }, 60_000);
  afterAll(async () => {
    await system.running.kill();
    await directory.remove();
  });

  const inbound = (externalMessageId: string, externalUserId: string, message: string) =>
    system.call('POST', `/v1/channels/${shop}/inbound`, {
      role: 'service',
      body: {
        externalMessageId,
        from: { externalUserId, displayName: 'Amina Okafor', profile: { plan: 'gold' } },
        text: message,
      },
    });

  it('CON-1, CNV-1..4, ASG-1, CNV-9, DEL-1, DEL-4: in by HTTP, seen in the queue, answered, closed, deleted, audited', async () => {
    const received = await inbound('m-1', 'u-1', 'Where is my parcel?');
    expect(received.status).toBe(201);
    const contactId = text(received.body['contactId']);
    const conversationId = text(received.body['conversationId']);
    expect(received.body['position']).toBe(received.headers.get('ledger-position'));

    const queue = await system.call('GET', '/v1/queue', { role: 'agent', headers: positionOf(received) });
    expect(list(queue)).toMatchObject([
      { conversationId, contactId, status: 'new', channelId: shop, medium: 'custom', assignee: null, score: 0 },
    ]);

    const replied = await system.call('POST', `/v1/conversations/${conversationId}/messages`, {
      role: 'agent',
      body: { text: 'It arrives tomorrow.' },
    });
    expect({ status: replied.status, state: replied.body['state'] }).toEqual({ status: 201, state: 'queued' });
    const conversation = await system.call('GET', `/v1/conversations/${conversationId}`, {
      role: 'agent',
      headers: positionOf(replied),
    });
    expect(conversation.body).toMatchObject({
      status: 'pending',
      assignee: { userId: 'dev-agent' },
      openedBy: { cause: 'message' },
    });

    const vip = await system.call('PUT', `/v1/contacts/${contactId}/vip`, { role: 'agent' });
    expect(vip.status).toBe(200);
    const note = await system.call('POST', `/v1/contacts/${contactId}/notes`, {
      role: 'agent',
      body: { text: 'Calls back.' },
    });
    expect(note.status).toBe(201);

    const closed = await system.call('POST', `/v1/conversations/${conversationId}/close`, {
      role: 'agent',
      body: { summary: 'Parcel late.' },
    });
    expect(closed.status).toBe(200);
    const again = await system.call('POST', `/v1/conversations/${conversationId}/close`, { role: 'agent', body: {} });
    expect(again.status).toBe(409);
    expect(again.headers.get('content-type')).toContain('application/problem+json');

    const messages = await system.call('GET', `/v1/conversations/${conversationId}/messages`, {
      role: 'agent',
      headers: positionOf(closed),
    });
    expect(list(messages)).toMatchObject([
      { direction: 'in', text: 'Where is my parcel?', channelId: shop },
      { direction: 'out', text: 'It arrives tomorrow.', state: 'queued' },
    ]);
    const empty = await system.call('GET', '/v1/queue', { role: 'agent', headers: positionOf(closed) });
    expect(list(empty)).toEqual([]);

    const contact = await system.call('GET', `/v1/contacts/${contactId}`, {
      role: 'agent',
      headers: positionOf(closed),
    });
    expect(contact.body).toMatchObject({ contactId, name: 'Amina Okafor', hint: 'A•••• O••••', vip: true });

    const wrong = await system.call('DELETE', `/v1/contacts/${contactId}`, { role: 'admin', body: { hint: 'X••••' } });
    expect(wrong.status).toBe(409);
    const forbidden = await system.call('DELETE', `/v1/contacts/${contactId}`, {
      role: 'agent',
      body: { hint: 'A•••• O••••' },
    });
    expect(forbidden.status).toBe(403);
    const deleted = await system.call('DELETE', `/v1/contacts/${contactId}`, {
      role: 'admin',
      body: { hint: 'A•••• O••••', reason: 'requested' },
    });
    expect(deleted.status).toBe(202);
    expect(typeof deleted.body['erasureId']).toBe('string');

    const audit = await eventually(async () => {
      const page = await system.call('GET', '/v1/audit/deleted-contacts', { role: 'auditor' });
      expect(list(page)).toMatchObject([{ hint: 'A•••• O••••', platforms: ['custom'], reason: 'requested' }]);
      const gone = await system.call('GET', `/v1/contacts/${contactId}`, { role: 'admin' });
      expect(gone.status).toBe(410);
      const verified = await system.call('GET', '/v1/audit/deleted-contacts/verify', { role: 'auditor' });
      expect(verified.body).toMatchObject({ ok: true, entries: 1 });
      return page;
    });
    expect(JSON.stringify(audit.body)).not.toContain('Amina');

    const back = await inbound('m-2', 'u-1', 'Hello again');
    expect(back.status).toBe(201);
    expect(back.body['contactId']).not.toBe(contactId);
  }, 60_000);

  it('CON-2: the same message delivered five times, and again after the close, is one message with the same answer', async () => {
    const first = await inbound('five-1', 'u-five', 'Only once');
    const repeated = await Promise.all(Array.from({ length: 4 }, () => inbound('five-1', 'u-five', 'Only once')));
    const ids = (answer: Answer) => [answer.body['messageId'], answer.body['contactId'], answer.body['conversationId']];
    expect(repeated.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(repeated.map(ids)).toEqual(Array.from({ length: 4 }, () => ids(first)));
    const conversation = `/v1/conversations/${text(first.body['conversationId'])}`;
    const closed = await system.call('POST', `${conversation}/close`, { role: 'agent', body: {} });
    expect(closed.status).toBe(200);
    const late = await inbound('five-1', 'u-five', 'Only once');
    expect({ status: late.status, ids: ids(late) }).toEqual({ status: 200, ids: ids(first) });
    const messages = await system.call('GET', `${conversation}/messages`, {
      role: 'agent',
      headers: positionOf(closed),
    });
    expect(list(messages)).toHaveLength(1);
  }, 30_000);

  it('CON-2: 64 simultaneous first messages of one person make one contact, one conversation, 64 messages', async () => {
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => inbound(`burst-${i}`, 'u-burst', `Message ${i}`)),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body['contactId'])).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.body['conversationId'])).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.body['messageId'])).size).toBe(64);
    const last = answers.at(-1);
    if (!last) throw new Error('no answer');
    await eventually(async () => {
      const messages = await system.call(
        'GET',
        `/v1/conversations/${text(last.body['conversationId'])}/messages?limit=200`,
        {
          role: 'agent',
          headers: positionOf(last),
        },
      );
      expect(list(messages)).toHaveLength(64);
    });
  }, 30_000);

  it('takes the WhatsApp Cloud API: handshake, signed payload, forged signature', async () => {
    const connected = await system.call('POST', '/v1/channels', {
      role: 'admin',
      body: { medium: 'whatsapp', name: 'WhatsApp', settings: { appSecret: 'app-secret', verifyToken: 'verify-me' } },
    });
    const path = `/v1/webhooks/whatsapp/${text(connected.body['channelId'])}`;
    expect(JSON.stringify(connected.body)).not.toContain('app-secret');

    const handshake = await system.call(
      'GET',
      `${path}?hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=1158201444`,
    );
    expect(outcome(handshake)).toEqual({ status: 200, body: { text: '1158201444' } });
    const stranger = await system.call('GET', `${path}?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1`);
    expect(stranger.status).toBeGreaterThanOrEqual(401);

    const payload = {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102290129340398',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
                contacts: [{ profile: { name: 'Sheena Nelson' }, wa_id: '16505551234' }],
                messages: [
                  {
                    from: '16505551234',
                    id: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
                    timestamp: '1749416383',
                    type: 'text',
                    text: { body: 'Does it come in another color?' },
                  },
                ],
              },
            },
          ],
        },
      ],
    };
    const signed = (secret: string) => ({
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(JSON.stringify(payload)).digest('hex')}`,
    });
    expect((await system.call('POST', path, { body: payload, headers: signed('guess') })).status).toBe(401);
    for (let delivery = 0; delivery < 5; delivery++) {
      expect((await system.call('POST', path, { body: payload, headers: signed('app-secret') })).status).toBe(200);
    }
    const found = await eventually(async () => {
      const queue = await system.call('GET', '/v1/queue?medium=whatsapp', { role: 'agent' });
      expect(list(queue)).toHaveLength(1);
      return list(queue)[0];
    });
    const messages = await system.call('GET', `/v1/conversations/${text(found?.['conversationId'])}/messages`, {
      role: 'agent',
    });
    expect(list(messages)).toMatchObject([{ direction: 'in', text: 'Does it come in another color?' }]);
    const contact = await system.call('GET', `/v1/contacts/${text(found?.['contactId'])}`, { role: 'agent' });
    expect(contact.body).toMatchObject({ name: 'Sheena Nelson', hint: 'S•••• N••••' });
  }, 30_000);
});
