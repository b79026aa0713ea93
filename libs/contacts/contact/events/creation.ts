import type { Medium } from '#channels/channel';
import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** A person is known from now on. `createdBy` sees the contact until it has a channel (CON-1). */
export type ContactCreated = DomainEvent<'ContactCreated', { readonly contactId: string; readonly createdBy: string }>;
/** An identity that the contact has claimed; its first one gives the name when nothing better does. */
export type IdentityAttached = DomainEvent<
  'IdentityAttached',
  {
    readonly contactId: string;
    readonly identityKey: string;
    readonly medium: Medium;
    readonly idScope: string;
    readonly externalUserId: string;
  }
>;
/** One of the contact's identities was met on a channel for the first time: those with access to it see the contact. */
export type ContactSeenOnChannel = DomainEvent<
  'ContactSeenOnChannel',
  { readonly contactId: string; readonly channelId: string; readonly identityKey: string }
>;
/** The name that the person gave themselves on the medium, when it is another one than before. */
export type ProfileNameChanged = DomainEvent<
  'ProfileNameChanged',
  { readonly contactId: string; readonly identityKey: string; readonly profileName: string }
>;
/** Somebody gave the contact a name by hand; it goes before every other. */
export type ContactRenamed = DomainEvent<'ContactRenamed', { readonly contactId: string; readonly name: string }>;

export const creationEvents = [
  defineEvent<ContactCreated>({
    type: 'ContactCreated',
    version: 1,
    sentence: 'A person is known from now on; who created the contact sees it until it has a channel.',
    fields: { contactId: field('id'), createdBy: field('id') },
  }),
  defineEvent<IdentityAttached>({
    type: 'IdentityAttached',
    version: 1,
    sentence: 'An identity that the contact has claimed; the first one gives the name when nothing better does.',
    fields: {
      contactId: field('id'),
      identityKey: field('hash'),
      medium: field('code'),
      idScope: field('code'),
      externalUserId: personal('contactId'),
    },
  }),
  defineEvent<ContactSeenOnChannel>({
    type: 'ContactSeenOnChannel',
    version: 1,
    sentence: 'One of the contact’s identities was met on a channel for the first time; those with access see it.',
    fields: { contactId: field('id'), channelId: field('id'), identityKey: field('hash') },
  }),
  defineEvent<ProfileNameChanged>({
    type: 'ProfileNameChanged',
    version: 1,
    sentence: 'The name that the person gave themselves on the medium is another one than before.',
    fields: { contactId: field('id'), identityKey: field('hash'), profileName: personal('contactId') },
  }),
  defineEvent<ContactRenamed>({
    type: 'ContactRenamed',
    version: 1,
    sentence: 'Somebody gave the contact a name by hand; it goes before every other.',
    fields: { contactId: field('id'), name: personal('contactId') },
  }),
];
