import type { AttributeValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import { displayName, namingAliases } from '../display-name/index.js';
import type { ContactEvent } from './events.js';
import type { AttributeCleared } from './events/attributes.js';
import type { BorrowedValue } from './events/merging.js';

export interface ContactIdentity {
  readonly identityKey: string;
  readonly medium: Medium;
  readonly idScope: string;
  readonly externalUserId: string;
  readonly profileName?: string;
  /** Channels on which the identity was met. */
  readonly channelIds: readonly string[];
}

export interface ContactValue {
  readonly alias: string;
  readonly medium?: Medium;
  readonly value: AttributeValue;
}

export interface ContactAssignee {
  readonly userId?: string;
  readonly teamId?: string;
}

/** A merge in force, seen from its primary. */
export interface Absorbed {
  readonly mergeId: string;
  readonly secondaryId: string;
  /** The secondary, and what was merged into it before. */
  readonly contactIds: readonly string[];
  readonly values: readonly BorrowedValue[];
  readonly bringsVip: boolean;
}

export interface KnownContact {
  readonly phase: 'known';
  readonly createdBy: string;
  /** In the order of their claims. */
  readonly identities: readonly ContactIdentity[];
  readonly name?: string;
  /** In the order in which the attributes were first set. */
  readonly values: readonly ContactValue[];
  readonly vip: boolean;
  readonly notes: readonly { readonly noteId: string; readonly text: string }[];
  /** What was last said of the contact itself; who had its last conversation is not known here (ASG-4). */
  readonly assignment?: { readonly assignee: ContactAssignee; readonly afterConversation: number };
  /** Id of the block in force. */
  readonly blockId: string | undefined;
  /** Ids of the newest messages that a block kept out: delivered again they are answered as the first time (CON-2). */
  readonly blockedMessages: readonly string[];
  /** The merges in force, oldest first. */
  readonly absorbed: readonly Absorbed[];
  /** How often the contact went into another one: numbers its merges. */
  readonly handedOver: number;
  /** Those of them that were undone. */
  readonly formerMerges: readonly { readonly mergeId: string; readonly primaryId: string }[];
  readonly hint: string;
  /** Hints that were true before, newest first: who repeats one of them is told that it has changed (DEL-1). */
  readonly earlierHints: readonly string[];
}

/** So many earlier hints are worth a better answer to a wrong one. */
const rememberedHints = 20;
/** So many blocked messages are known again when they are delivered late. */
const rememberedBlockedMessages = 1_000;

/** What can happen to it, its phase left as it is. */
export type OfKnown = Exclude<
  ContactEvent,
  { readonly type: 'ContactHandedOver' | 'ContactGivenBack' | 'ContactDeletionRequested' }
>;

export function evolveKnown(state: KnownContact, event: OfKnown): KnownContact {
  switch (event.type) {
    case 'ContactCreated':
      return state;
    case 'IdentityAttached': {
      const { identityKey, medium, idScope, externalUserId } = event.data;
      if (state.identities.some((identity) => identity.identityKey === identityKey)) return state;
      const identity = { identityKey, medium, idScope, externalUserId, channelIds: [] };
      return renamed({ ...state, identities: [...state.identities, identity] });
    }
    case 'ContactSeenOnChannel': {
      const { identityKey, channelId } = event.data;
      return withIdentity(state, identityKey, ({ channelIds }) => ({
        channelIds: channelIds.includes(channelId) ? channelIds : [...channelIds, channelId],
      }));
    }
    case 'ProfileNameChanged': {
      const { identityKey, profileName } = event.data;
      return renamed(withIdentity(state, identityKey, () => ({ profileName })));
    }
    case 'ContactRenamed':
      return renamed({ ...state, name: event.data.name });
    case 'AttributeSet': {
      const { alias, medium, value } = event.data;
      const entry = { alias, ...(medium && { medium }), value };
      const known = state.values.some((other) => isSameAttribute(other, entry));
      const values = known
        ? state.values.map((other) => (isSameAttribute(other, entry) ? entry : other))
        : [...state.values, entry];
      const absorbed = medium === undefined ? withoutBorrowed(state.absorbed, alias) : state.absorbed;
      return namingAliases.has(alias) ? renamed({ ...state, values, absorbed }) : { ...state, values, absorbed };
    }
    case 'AttributeCleared': {
      const { alias, medium } = event.data;
      const absorbed = medium === undefined ? withoutBorrowed(state.absorbed, alias) : state.absorbed;
      const values = state.values.filter((other) => !isSameAttribute(other, event.data));
      return namingAliases.has(alias) ? renamed({ ...state, values, absorbed }) : { ...state, values, absorbed };
    }
    case 'VipMarked':
      return { ...state, vip: true };
    case 'VipUnmarked':
      // Marked again by hand, it is the contact's own, and stays when the merge is undone.
      return { ...state, vip: false, absorbed: state.absorbed.map((merge) => ({ ...merge, bringsVip: false })) };
    case 'ContactNoteAdded': {
      const { noteId, text } = event.data;
      return { ...state, notes: [...state.notes, { noteId, text }] };
    }
    case 'ContactNoteEdited': {
      const { noteId, text } = event.data;
      return { ...state, notes: state.notes.map((note) => (note.noteId === noteId ? { noteId, text } : note)) };
    }
    case 'ContactNoteRemoved':
      return { ...state, notes: state.notes.filter(({ noteId }) => noteId !== event.data.noteId) };
    case 'ContactAssigned': {
      const { userId, teamId, afterConversation } = event.data;
      const assignee = { ...(userId !== undefined && { userId }), ...(teamId !== undefined && { teamId }) };
      return { ...state, assignment: { assignee, afterConversation } };
    }
    case 'ContactUnassigned':
      return { ...state, assignment: { assignee: {}, afterConversation: event.data.afterConversation } };
    case 'ContactBlocked':
      return { ...state, blockId: event.data.blockId };
    case 'ContactUnblocked':
      return { ...state, blockId: undefined };
    case 'InboundMessageBlocked': {
      const blockedMessages = [...state.blockedMessages, event.data.messageId];
      return { ...state, blockedMessages: blockedMessages.slice(-rememberedBlockedMessages) };
    }
    case 'ContactsMerged': {
      const { mergeId, secondaryId, contactIds, values, bringsVip } = event.data;
      return { ...state, absorbed: [...state.absorbed, { mergeId, secondaryId, contactIds, values, bringsVip }] };
    }
    case 'MergeUndone':
      return { ...state, absorbed: state.absorbed.filter(({ mergeId }) => mergeId !== event.data.mergeId) };
  }
}

/** All channels on which the contact was met. */
export function channelsOf({ identities }: { readonly identities: readonly ContactIdentity[] }): readonly string[] {
  return [...new Set(identities.flatMap(({ channelIds }) => channelIds))];
}

export function isSameAttribute(
  one: Pick<AttributeCleared['data'], 'alias' | 'medium'>,
  other: Pick<AttributeCleared['data'], 'alias' | 'medium'>,
): boolean {
  return one.alias === other.alias && one.medium === other.medium;
}

export function isSameValue(one: AttributeValue, other: AttributeValue): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

export function createdContact(createdBy: string): KnownContact {
  const nothing = {
    identities: [],
    values: [],
    vip: false,
    notes: [],
    blockId: undefined,
    blockedMessages: [],
    absorbed: [],
    handedOver: 0,
    formerMerges: [],
    earlierHints: [],
  };
  return { phase: 'known', createdBy, ...nothing, hint: displayName(nothing).hint };
}

/** From now on the contact has its own value, or none. */
function withoutBorrowed(absorbed: KnownContact['absorbed'], alias: string): KnownContact['absorbed'] {
  if (!absorbed.some(({ values }) => values.some((value) => value.alias === alias))) return absorbed;
  return absorbed.map((merge) => ({ ...merge, values: merge.values.filter((value) => value.alias !== alias) }));
}

function withIdentity(
  state: KnownContact,
  identityKey: string,
  change: (identity: ContactIdentity) => Partial<ContactIdentity>,
): KnownContact {
  const identities = state.identities.map((identity) =>
    identity.identityKey === identityKey ? { ...identity, ...change(identity) } : identity,
  );
  return { ...state, identities };
}

/** After anything that the name depends on. */
function renamed(state: KnownContact): KnownContact {
  const { hint } = displayName(state);
  if (hint === state.hint) return state;
  const earlierHints = [state.hint, ...state.earlierHints.filter((earlier) => earlier !== hint)];
  return { ...state, hint, earlierHints: earlierHints.slice(0, rememberedHints) };
}
