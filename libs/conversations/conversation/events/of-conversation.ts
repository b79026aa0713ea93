import type { Medium } from '#channels/channel';
import { field } from '#event-sourcing';

export interface OfConversation {
  readonly conversationId: string;
  readonly contactId: string;
}

export const ofConversation = { conversationId: field('id'), contactId: field('id') };

/** How the person is reached: the channel and the identity there. */
export interface Address {
  readonly channelId: string;
  readonly medium: Medium;
  readonly identityKey: string;
}

export const address = { channelId: field('id'), medium: field('code'), identityKey: field('hash') };

/** Until when the channel takes free text to this identity (CNV-5). */
export interface ReplyWindow {
  readonly channelId: string;
  readonly identityKey: string;
  readonly until: string;
}

/** How one of the contact's identities is reached, and the contact that claimed it (another one after a merge). */
export interface Recipient extends Address {
  readonly subjectId: string;
}

/**
 * An identity that a merge gave to another contact, with the revision of its claim since then: who read the claim
 * before that is told to read it anew.
 */
export interface MovedIdentity {
  readonly identityKey: string;
  readonly revision: number;
}
