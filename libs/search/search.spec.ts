import { describe, expect, it } from '@jest/globals';
import type { ConversationEvent } from '#conversations/conversation';
import type { MembersEvent } from '#contact-groups/members';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import { contactSearchProjection } from './contact-search/index.js';
import { messageSearchProjection } from './message-search/index.js';
import { placeOf } from './words/index.js';

const contactId = 'ada';
const created: MembersEvent = { type: 'ContactCreated', data: { contactId, createdBy: 'ann' } };
const attached = (identityKey: string, externalUserId: string): MembersEvent => ({
  type: 'IdentityAttached',
  data: { contactId, identityKey, medium: 'custom', idScope: 'shop', externalUserId },
});
const seen = (identityKey: string, channelId: string): MembersEvent => ({
  type: 'ContactSeenOnChannel',
  data: { contactId, channelId, identityKey },
});
const named: MembersEvent = { type: 'ContactRenamed', data: { contactId, name: 'Ada Lovelace' } };
const city: MembersEvent = {
  type: 'AttributeSet',
  data: { contactId, alias: 'city', value: 'Delft', source: 'agent' },
};
const vip: MembersEvent = { type: 'VipMarked', data: { contactId, source: 'agent' } };

function contacts(...events: MembersEvent[]): Record<string, readonly string[]> {
  const documents = projectedDocuments(contactSearchProjection, recordEvents(events));
  return Object.fromEntries(
    [...documents].map(([id, document]) => [
      id,
      (document as { tokens: string[] }).tokens.filter((one) => !one.startsWith('^')),
    ]),
  );
}

describe('contacts in the search', () => {
  const id = (scope: string): string => `${placeOf(10)} ${scope}`;

  it('CON-1: until they are met, are found by their creator and by who sees all', () => {
    expect(contacts(created, named, city)).toStrictEqual({
      [id('unmet')]: ['ada', 'lovelace', 'delft'],
      [id('by ann')]: ['ada', 'lovelace', 'delft'],
    });
  });

  it('ASG-6: are found on each channel by what is known there', () => {
    const events = [
      created,
      named,
      attached('k1', 'user-17'),
      seen('k1', 'c1'),
      attached('k2', 'other'),
      seen('k2', 'c2'),
    ];
    expect(contacts(...events)).toStrictEqual({
      [id('c1')]: ['ada', 'lovelace', 'user', '17'],
      [id('c2')]: ['ada', 'lovelace', 'other'],
    });
  });

  it('CON-7: are found by their groups, as these are when the question is asked', () => {
    const defined: MembersEvent = {
      type: 'ContactGroupDefined',
      data: {
        groupId: 'g1',
        name: 'Locals',
        version: 1,
        condition: { field: 'attribute.city', operator: 'is', value: 'delft' },
        day: '2026-11-21',
        vipEnabled: true,
      },
    };
    const found: MembersEvent = {
      type: 'ContactGroupMembersFound',
      data: { groupId: 'g1', version: 1, contactIds: ['ada'], checked: 1, upTo: 'ada' },
    };
    expect(contacts(created, city, vip, defined)[id('unmet')]).toStrictEqual(['delft', '@vip']);
    expect(contacts(created, city, vip, defined, found)[id('unmet')]).toStrictEqual(['delft', '@vip', '@g1.1']);
  });

  it('DEL-6: are found no more once their deletion was requested', () => {
    const data = { contactId, erasureId: 'e', hint: 'A••••', reason: 'requested', adminName: 'Grace' };
    expect(contacts(created, named, { type: 'ContactDeletionRequested', data })).toStrictEqual({});
    expect(contactSearchProjection.owners('x', { contactIds: ['ada', 'eve'] })).toStrictEqual(['ada', 'eve']);
    expect(contactSearchProjection.sideOwners('ada', {})).toStrictEqual(['ada']);
    expect(contactSearchProjection.sideOwners('groups', {})).toStrictEqual([]);
  });
});

describe('messages in the search', () => {
  it('are found by their words, at their place in the log', () => {
    const message: ConversationEvent = {
      type: 'MessageReceived',
      data: {
        conversationId: 'ada.1',
        contactId,
        subjectId: 'bob',
        channelId: 'c1',
        medium: 'custom',
        identityKey: 'k1',
        messageId: 'm1',
        externalMessageId: 'x1',
        text: 'My bike, my blue bike',
      },
    };
    const documents = projectedDocuments(messageSearchProjection, recordEvents([message]));
    const document = {
      messageId: 'm1',
      conversationId: 'ada.1',
      contactId,
      subjectId: 'bob',
      channelId: 'c1',
      at: '2026-03-02T09:00:00.000Z',
      tokens: ['my', 'bike', '^bik', 'blue', '^blu'],
    };
    expect(documents).toStrictEqual(new Map([[placeOf(10), document]]));
    expect(messageSearchProjection.owners('x', document)).toStrictEqual(['ada', 'bob']);
  });
});
