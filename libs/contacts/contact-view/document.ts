import type { AttributeValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import type { Actor, IndexDeclaration } from '#event-sourcing';
import type { ValueSource } from '../contact/index.js';
import type { Merges } from '../contact-profile/index.js';

export const contactsModel = 'contacts';
export const contactsSchema = 3;
/** Contacts are found by their id. */
export const contactsIndexes: readonly IndexDeclaration[] = [];

export interface ShownIdentity {
  readonly identityKey: string;
  readonly medium: Medium;
  readonly idScope: string;
  readonly externalUserId: string;
  readonly profileName: string | null;
  /** Channels on which the identity was met. */
  readonly channelIds: readonly string[];
}

export interface ShownValue {
  readonly alias: string;
  /** `null` unless it is a platform attribute. */
  readonly medium: Medium | null;
  readonly value: AttributeValue;
  readonly source: ValueSource;
  readonly actor: Actor;
  readonly at: string;
}

export interface ShownConversation {
  readonly conversationId: string;
  readonly status: 'open' | 'closed';
  /** All channels that it was on. */
  readonly channelIds: readonly string[];
  readonly openedAt: string;
  readonly closedAt: string | null;
}

/** One contact; its id is the contact's. What was merged into it keeps a document of its own. */
export interface ContactDocument extends Merges {
  readonly createdBy: string;
  readonly createdAt: string;
  /** Revision of the contact's stream that this shows. */
  readonly revision: number;
  /** Given by hand. */
  readonly givenName: string | null;
  readonly identities: readonly ShownIdentity[];
  /** Channels on which the contact was met. */
  readonly channelIds: readonly string[];
  readonly values: readonly ShownValue[];
  readonly vip: boolean;
  readonly blocked: boolean;
  /** How many messages blocks kept out on each channel: with them a viewer's count is exact. */
  readonly blockedMessages: readonly { readonly channelId: string; readonly count: number }[];
  /** An erasure has begun; the document goes when it gets so far. */
  readonly deleting: boolean;
  readonly assignee: { readonly userId?: string; readonly teamId?: string } | null;
  /** The newest 20, newest first. */
  readonly conversations: readonly ShownConversation[];
  /** How many older ones were on just these channels: with them a viewer's count is exact. */
  readonly olderConversations: readonly { readonly channelIds: readonly string[]; readonly count: number }[];
}
