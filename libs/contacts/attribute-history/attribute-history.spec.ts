import { describe, expect, it } from '@jest/globals';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import { event } from '../contact/contact.fixtures.js';
import type { ContactEvent } from '../contact/index.js';
import { attributeHistoryProjection } from './index.js';

const ann = { id: 'ann', role: 'agent' } as const;
const at = '2026-11-21T09:30:00.000Z';
const recorded = recordEvents<ContactEvent>([
  [event('AttributeSet', { alias: 'tier', value: 'gold', source: 'agent' }), { actor: ann, at }],
  [event('AttributeSet', { alias: 'phone', medium: 'sms', value: '+31612345678', source: 'channel' }), { at }],
  [event('AttributeCleared', { alias: 'tier', source: 'agent' }), { actor: ann, at }],
  [event('VipMarked', { source: 'agent' }), { actor: ann, at }],
]);

describe('the history of values', () => {
  it('ATT-4: keeps every change with its source, actor and time', () => {
    const [tier, phone, cleared, vip] = recorded;
    const documents = projectedDocuments(attributeHistoryProjection, recorded);
    const own = { contactId: 'ada', alias: 'tier', medium: null, redacted: false, source: 'agent', actor: ann, at };
    expect(documents).toStrictEqual(
      new Map([
        [tier?.id, { ...own, value: 'gold', position: tier?.position }],
        [
          phone?.id,
          {
            contactId: 'ada',
            alias: 'phone',
            medium: 'sms',
            value: '+31612345678',
            redacted: false,
            source: 'channel',
            actor: phone?.metadata.actor,
            at,
            position: phone?.position,
          },
        ],
        [cleared?.id, { ...own, value: null, position: cleared?.position }],
        [vip?.id, { ...own, alias: 'vip', value: true, position: vip?.position }],
      ]),
    );
  });

  it('DEL-2: is the contact’s', () => {
    expect(attributeHistoryProjection.owners('e', { contactId: 'ada' })).toStrictEqual(['ada']);
  });
});
