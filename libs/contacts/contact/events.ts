import type { AttributeValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

export const contactStream = (contactId: string): string => `contact-${contactId}`;

/** Who or what a value came from (ATT-4). */
export const valueSources = ['agent', 'service', 'autoresponder', 'crm', 'channel', 'merge', 'automation'] as const;
export type ValueSource = (typeof valueSources)[number];

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
/** An attribute has this value now. `medium` stands with platform attributes only, here and below. */
export type AttributeSet = DomainEvent<
  'AttributeSet',
  {
    readonly contactId: string;
    readonly alias: string;
    readonly medium?: Medium;
    readonly value: AttributeValue;
    readonly source: ValueSource;
    /** Keyed hashes of the value as it is compared with those of other contacts (LNK-2); not there when it never matches. */
    readonly matchKeys?: readonly string[];
  }
>;
/** An attribute has no value any more. */
export type AttributeCleared = DomainEvent<
  'AttributeCleared',
  { readonly contactId: string; readonly alias: string; readonly medium?: Medium; readonly source: ValueSource }
>;
/** The contact is a VIP: ranks higher and belongs to the group VIP. */
export type VipMarked = DomainEvent<'VipMarked', { readonly contactId: string; readonly source: ValueSource }>;
/** The contact is no VIP any more. */
export type VipUnmarked = DomainEvent<'VipUnmarked', { readonly contactId: string; readonly source: ValueSource }>;
/** A colleague wrote down something about the contact. */
export type ContactNoteAdded = DomainEvent<
  'ContactNoteAdded',
  { readonly contactId: string; readonly noteId: string; readonly text: string }
>;
/** The note says something else now. */
export type ContactNoteEdited = DomainEvent<
  'ContactNoteEdited',
  { readonly contactId: string; readonly noteId: string; readonly text: string }
>;
/** The note is not shown any more. */
export type ContactNoteRemoved = DomainEvent<
  'ContactNoteRemoved',
  { readonly contactId: string; readonly noteId: string }
>;
/**
 * The contact is this user's and this team's while no conversation is open; what is not named is not assigned.
 * `afterConversation`: how many conversations there were, so that the next one goes by the later of this and of who had
 * the last (ASG-4).
 */
export type ContactAssigned = DomainEvent<
  'ContactAssigned',
  { readonly contactId: string; readonly userId?: string; readonly teamId?: string; readonly afterConversation: number }
>;
/** Named are the user and the team that the contact is not any more. */
export type ContactUnassigned = DomainEvent<
  'ContactUnassigned',
  { readonly contactId: string; readonly userId?: string; readonly teamId?: string; readonly afterConversation: number }
>;
/**
 * From now on nothing of the contact's opens a conversation. `blockId` tells this block from an earlier one; of a block
 * that a merge brought along it is the merge's id.
 */
export type ContactBlocked = DomainEvent<
  'ContactBlocked',
  { readonly contactId: string; readonly blockId: string; readonly reason?: string }
>;
/** The contact may write to us again; what came meanwhile does not come back. */
export type ContactUnblocked = DomainEvent<'ContactUnblocked', { readonly contactId: string }>;
/** The blocked contact wrote: when and as whom, never what. */
export type InboundMessageBlocked = DomainEvent<
  'InboundMessageBlocked',
  {
    readonly contactId: string;
    readonly messageId: string;
    readonly channelId: string;
    readonly identityKey: string;
    /** The channel's time. */
    readonly sentAt?: string;
  }
>;
/** A value that a contact shows and another one owns: it is read there, never copied. */
export interface BorrowedValue {
  readonly alias: string;
  /** The owner. */
  readonly contactId: string;
}
/**
 * The contact goes into another one and takes no commands of its own from now on; what its identities tell and what is
 * done to its notes is still recorded here. The merge is in force when the primary has recorded it, too.
 */
export type ContactHandedOver = DomainEvent<
  'ContactHandedOver',
  {
    readonly contactId: string;
    readonly mergeId: string;
    readonly primaryId: string;
    /** Whose value was chosen for each attribute of which both have one. */
    readonly winners: readonly BorrowedValue[];
  }
>;
/** The contact stands alone again: the merge was undone, or never came into force. */
export type ContactGivenBack = DomainEvent<
  'ContactGivenBack',
  { readonly contactId: string; readonly mergeId: string }
>;
/** The contact speaks for the secondary from now on: for its identities, notes and conversations. */
export type ContactsMerged = DomainEvent<
  'ContactsMerged',
  {
    readonly contactId: string;
    readonly mergeId: string;
    readonly secondaryId: string;
    /** The secondary, and what was merged into it before. */
    readonly contactIds: readonly string[];
    /** The attributes whose values the secondary brings. */
    readonly values: readonly BorrowedValue[];
    /** The VIP mark came with the secondary. */
    readonly bringsVip: boolean;
  }
>;
/** The secondary stands alone again, with all that is its own. */
export type MergeUndone = DomainEvent<
  'MergeUndone',
  {
    readonly contactId: string;
    readonly mergeId: string;
    readonly secondaryId: string;
    readonly contactIds: readonly string[];
  }
>;
/** An admin had the contact deleted: the stream is sealed, and the erasure takes what it needs for the audit from here. */
export type ContactDeletionRequested = DomainEvent<
  'ContactDeletionRequested',
  {
    readonly contactId: string;
    readonly erasureId: string;
    /** Those that were merged into it and go with it: of them no deletion is requested. */
    readonly mergedIds?: readonly string[];
    /** The contact's hint as the admin repeated it. */
    readonly hint: string;
    readonly reason: string;
    readonly note?: string;
    /** The admin's name at the time. */
    readonly adminName: string;
  }
>;

export type ContactEvent =
  | ContactCreated
  | IdentityAttached
  | ContactSeenOnChannel
  | ProfileNameChanged
  | ContactRenamed
  | AttributeSet
  | AttributeCleared
  | VipMarked
  | VipUnmarked
  | ContactNoteAdded
  | ContactNoteEdited
  | ContactNoteRemoved
  | ContactAssigned
  | ContactUnassigned
  | ContactBlocked
  | ContactUnblocked
  | InboundMessageBlocked
  | ContactHandedOver
  | ContactGivenBack
  | ContactsMerged
  | MergeUndone
  | ContactDeletionRequested;

const assignee = { userId: field('id', { optional: true }), teamId: field('id', { optional: true }) };

export const contactEvents = {
  categories: ['contact'],
  definitions: [
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
    defineEvent<AttributeSet>({
      type: 'AttributeSet',
      version: 1,
      sentence: 'An attribute has this value now.',
      fields: {
        contactId: field('id'),
        alias: field('code'),
        medium: field('code', { optional: true }),
        value: personal('contactId', 'json'),
        source: field('code'),
        matchKeys: field('hash', { list: true, optional: true }),
      },
    }),
    defineEvent<AttributeCleared>({
      type: 'AttributeCleared',
      version: 1,
      sentence: 'An attribute has no value any more.',
      fields: {
        contactId: field('id'),
        alias: field('code'),
        medium: field('code', { optional: true }),
        source: field('code'),
      },
    }),
    defineEvent<VipMarked>({
      type: 'VipMarked',
      version: 1,
      sentence: 'The contact is a VIP: ranks higher and belongs to the group VIP.',
      fields: { contactId: field('id'), source: field('code') },
    }),
    defineEvent<VipUnmarked>({
      type: 'VipUnmarked',
      version: 1,
      sentence: 'The contact is no VIP any more.',
      fields: { contactId: field('id'), source: field('code') },
    }),
    defineEvent<ContactNoteAdded>({
      type: 'ContactNoteAdded',
      version: 1,
      sentence: 'A colleague wrote down something about the contact.',
      fields: { contactId: field('id'), noteId: field('id'), text: personal('contactId') },
    }),
    defineEvent<ContactNoteEdited>({
      type: 'ContactNoteEdited',
      version: 1,
      sentence: 'The note says something else now.',
      fields: { contactId: field('id'), noteId: field('id'), text: personal('contactId') },
    }),
    defineEvent<ContactNoteRemoved>({
      type: 'ContactNoteRemoved',
      version: 1,
      sentence: 'The note is not shown any more.',
      fields: { contactId: field('id'), noteId: field('id') },
    }),
    defineEvent<ContactAssigned>({
      type: 'ContactAssigned',
      version: 1,
      sentence:
        'The contact is this user’s and this team’s while no conversation is open; the next one opens with them.',
      fields: { contactId: field('id'), ...assignee, afterConversation: field('number') },
    }),
    defineEvent<ContactUnassigned>({
      type: 'ContactUnassigned',
      version: 1,
      sentence: 'The named user and team were taken off the contact; the next conversation opens without them.',
      fields: { contactId: field('id'), ...assignee, afterConversation: field('number') },
    }),
    defineEvent<ContactBlocked>({
      type: 'ContactBlocked',
      version: 1,
      sentence: 'From now on nothing of the contact’s opens a conversation, and none leaves to it.',
      fields: {
        contactId: field('id'),
        blockId: field('id'),
        reason: personal('contactId', 'text', { optional: true }),
      },
    }),
    defineEvent<ContactUnblocked>({
      type: 'ContactUnblocked',
      version: 1,
      sentence: 'The contact may write to us again; what came meanwhile does not come back.',
      fields: { contactId: field('id') },
    }),
    defineEvent<InboundMessageBlocked>({
      type: 'InboundMessageBlocked',
      version: 1,
      sentence: 'The blocked contact wrote: when and as whom, never what.',
      fields: {
        contactId: field('id'),
        messageId: field('id'),
        channelId: field('id'),
        identityKey: field('hash'),
        sentAt: field('instant', { optional: true }),
      },
    }),
    defineEvent<ContactHandedOver>({
      type: 'ContactHandedOver',
      version: 1,
      sentence: 'The contact goes into another one and takes no commands of its own from now on.',
      fields: { contactId: field('id'), mergeId: field('id'), primaryId: field('id'), winners: field('json') },
    }),
    defineEvent<ContactGivenBack>({
      type: 'ContactGivenBack',
      version: 1,
      sentence: 'The contact stands alone again: the merge was undone, or never came into force.',
      fields: { contactId: field('id'), mergeId: field('id') },
    }),
    defineEvent<ContactsMerged>({
      type: 'ContactsMerged',
      version: 1,
      sentence: 'The contact speaks for the secondary from now on: for its identities, notes and conversations.',
      fields: {
        contactId: field('id'),
        mergeId: field('id'),
        secondaryId: field('id'),
        contactIds: field('id', { list: true }),
        values: field('json'),
        bringsVip: field('boolean'),
      },
    }),
    defineEvent<MergeUndone>({
      type: 'MergeUndone',
      version: 1,
      sentence: 'The secondary stands alone again, with all that is its own.',
      fields: {
        contactId: field('id'),
        mergeId: field('id'),
        secondaryId: field('id'),
        contactIds: field('id', { list: true }),
      },
    }),
    defineEvent<ContactDeletionRequested>({
      type: 'ContactDeletionRequested',
      version: 1,
      sentence: 'An admin had the contact deleted: the stream is sealed, the erasure starts from here.',
      fields: {
        contactId: field('id'),
        erasureId: field('id'),
        mergedIds: field('id', { list: true, optional: true }),
        hint: personal('contactId'),
        reason: field('code'),
        note: personal('contactId', 'text', { optional: true }),
        adminName: field('staff'),
      },
    }),
  ],
};
