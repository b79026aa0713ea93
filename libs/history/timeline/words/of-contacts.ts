import type { Medium } from '#channels/channel';
import type { ContactEvent } from '#contacts/contact';
import type { WordsTable, Written } from './words.js';

interface Attribute {
  readonly alias: string;
  readonly medium?: Medium;
}

/** What happened to a contact, by the event types of its stream. */
export const contactWords: WordsTable<ContactEvent> = {
  ContactCreated: { did: () => 'made the contact known' },
  IdentityAttached: {
    did: ({ medium }) => `added an identity on ${medium}`,
    writes: ({ identityKey, externalUserId }) => [
      { of: `identity ${identityKey}`, value: externalUserId, before: null },
    ],
    place: ({ identityKey }) => ({ identityKey }),
  },
  ContactSeenOnChannel: {
    did: ({ channelId }, names) => `met the contact on ${names.channel(channelId)}`,
    place: ({ channelId }) => ({ channelId }),
  },
  ProfileNameChanged: {
    did: () => 'took another profile name',
    writes: ({ identityKey, profileName }) => [{ of: `profile name of ${identityKey}`, value: profileName }],
    place: ({ identityKey }) => ({ identityKey }),
  },
  ContactRenamed: { did: () => 'renamed the contact', writes: ({ name }) => [{ of: 'name', value: name }] },
  AttributeSet: {
    did: ({ alias, medium, source }, names) => `set ${names.attribute(alias, medium)} (source: ${source})`,
    writes: ({ value, ...attribute }) => [valueOf(attribute, value)],
    place: ({ alias, medium }) => ({ alias, medium }),
  },
  AttributeCleared: {
    did: ({ alias, medium, source }, names) => `cleared ${names.attribute(alias, medium)} (source: ${source})`,
    writes: (attribute) => [valueOf(attribute, null)],
    place: ({ alias, medium }) => ({ alias, medium }),
  },
  VipMarked: { did: () => 'made the contact a VIP', writes: () => [{ of: 'vip', value: true, before: false }] },
  VipUnmarked: {
    did: () => 'took the VIP mark off the contact',
    writes: () => [{ of: 'vip', value: false, before: true }],
  },
  ContactNoteAdded: {
    did: () => 'wrote a note about the contact',
    text: ({ text }) => text,
    writes: ({ noteId, text }) => [{ of: `note ${noteId}`, value: text, before: null }],
  },
  ContactNoteEdited: {
    did: () => 'edited a note about the contact',
    text: ({ text }) => text,
    writes: ({ noteId, text }) => [{ of: `note ${noteId}`, value: text }],
  },
  ContactNoteRemoved: {
    did: () => 'removed a note about the contact',
    writes: ({ noteId }) => [{ of: `note ${noteId}`, value: null }],
  },
  ContactAssigned: {
    did: ({ userId, teamId }, names) =>
      `assigned the contact to ${[
        ...(userId === undefined ? [] : [names.user(userId)]),
        ...(teamId === undefined ? [] : [`team ${names.team(teamId)}`]),
      ].join(' and ')}`,
    writes: ({ userId, teamId }) => [
      { of: 'assigned user', value: userId ?? null },
      { of: 'assigned team', value: teamId ?? null },
    ],
  },
  ContactUnassigned: {
    did: () => 'took the contact off its assignee',
    writes: ({ userId, teamId }) => [
      ...(userId === undefined ? [] : [{ of: 'assigned user', value: null, before: userId }]),
      ...(teamId === undefined ? [] : [{ of: 'assigned team', value: null, before: teamId }]),
    ],
  },
  ContactBlocked: {
    did: () => 'blocked the contact',
    text: ({ reason }) => reason,
    writes: () => [{ of: 'blocked', value: true, before: false }],
  },
  ContactUnblocked: {
    did: () => 'lifted the block of the contact',
    writes: () => [{ of: 'blocked', value: false, before: true }],
  },
  InboundMessageBlocked: {
    did: ({ channelId }, names) => `wrote on ${names.channel(channelId)}, and was kept out`,
    place: ({ channelId }) => ({ channelId }),
    isMessage: true,
  },
  ContactHandedOver: {
    did: ({ primaryId }) => `merged the contact into ${primaryId}`,
    writes: ({ primaryId }) => [{ of: 'merged into', value: primaryId, before: null }],
  },
  ContactGivenBack: {
    did: () => 'let the contact stand alone again',
    writes: () => [{ of: 'merged into', value: null }],
  },
  ContactsMerged: { did: ({ secondaryId }) => `merged ${secondaryId} into the contact` },
  MergeUndone: { did: ({ secondaryId }) => `undid the merge with ${secondaryId}` },
  ContactDeletionRequested: { did: ({ reason }) => `had the contact deleted (reason: ${reason})` },
};

function valueOf({ alias, medium }: Attribute, value: unknown): Written {
  return { of: `attribute ${medium === undefined ? '' : `${medium}.`}${alias}`, value };
}
