import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { textMessagesIn } from './payload.js';
import { isSameSecret, isSignedBy } from './signature.js';

const text = (id: string, body: string, more: object = {}): object => ({
  from: '15551234567',
  id,
  timestamp: '1772442000',
  type: 'text',
  text: { body },
  ...more,
});
const change = (value: object, field = 'messages'): object => ({
  field,
  value: {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550000000', phone_number_id: '1' },
    ...value,
  },
});
const payload = (...changes: object[]): object => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '102290129340398', changes }],
});

describe('a webhook call of the WhatsApp Cloud API', () => {
  it('carries text messages with the name and number of who wrote them', () => {
    const contacts = [{ profile: { name: 'Kerry Fisher' }, wa_id: '15551234567' }];
    expect(textMessagesIn(payload(change({ contacts, messages: [text('wamid.1', 'Hello')] })))).toEqual([
      {
        externalMessageId: 'wamid.1',
        waId: '15551234567',
        profileName: 'Kerry Fisher',
        text: 'Hello',
        sentAt: '2026-03-02T09:00:00.000Z',
      },
    ]);
  });

  it('can carry several, over several changes and people, in order', () => {
    const contacts = [
      { profile: { name: 'A' }, wa_id: '15551234567' },
      { profile: { name: 'B' }, wa_id: '2' },
    ];
    const messages = textMessagesIn(
      payload(
        change({ contacts, messages: [text('1', 'one'), text('2', 'two', { from: '2' })] }),
        change({ messages: [text('3', 'three', { from: '3' })] }),
      ),
    );
    expect(
      messages.map(({ externalMessageId, profileName, text: said }) => [externalMessageId, profileName, said]),
    ).toEqual([
      ['1', 'A', 'one'],
      ['2', 'B', 'two'],
      ['3', undefined, 'three'],
    ]);
  });

  it.each([
    ['statuses', payload(change({ statuses: [{ id: 'wamid.1', status: 'delivered', recipient_id: '1' }] }))],
    [
      'other types',
      payload(change({ messages: [{ from: '1', id: 'x', timestamp: '1', type: 'image', image: { id: '9' } }] })),
    ],
    ['other fields', payload(change({ messages: [text('1', 'x')] }, 'account_update'))],
    ['a text without a body', payload(change({ messages: [{ from: '1', id: 'x', timestamp: '1', type: 'text' }] }))],
    ['nothing that it should', { object: 'page', entry: 'x' }],
    ['no object', null],
  ])('that carries %s carries no text', (_what, sent) => {
    expect(textMessagesIn(sent)).toEqual([]);
  });

  it('without a readable time leaves the time out', () => {
    const messages = textMessagesIn(payload(change({ messages: [text('1', 'x', { timestamp: 'soon' })] })));
    expect(messages.map(({ sentAt }) => sentAt)).toEqual([undefined]);
  });
});

describe('X-Hub-Signature-256 (S4)', () => {
  const body = Buffer.from('{"object":"whatsapp_business_account"}');
  const sign = (secret: string): string => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

  it('is right when the app secret made it over the very bytes', () => {
    expect(isSignedBy('secret', body, sign('secret'))).toBe(true);
  });

  it.each([
    ["another channel's secret", sign('other')],
    ['no header', undefined],
    ['no scheme', sign('secret').slice('sha256='.length)],
    ['an older scheme', sign('secret').replace('sha256', 'sha1')],
    ['half a signature', sign('secret').slice(0, 40)],
    ['nothing', 'sha256='],
  ])('is wrong with %s', (_what, header) => {
    expect(isSignedBy('secret', body, header)).toBe(false);
  });

  it('is wrong over other bytes that mean the same', () => {
    expect(isSignedBy('secret', Buffer.from('{"object": "whatsapp_business_account"}'), sign('secret'))).toBe(false);
  });

  it('has a verify token that must be the same', () => {
    expect([isSameSecret('token', 'token'), isSameSecret('token', 'Token'), isSameSecret('token', '')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
