import type { Medium } from '#channels/channel';
import type { GroupTerms } from '#contact-groups/groups';
import type { ContactProfile, NamedProfile } from '#contacts/contact-profile';
import type { IndexDeclaration } from '#event-sourcing';
import type { Waiting } from '../conversation/waiting.js';
import type { PriorityScores } from '../priority/index.js';

export const queueModel = 'queue';
export const queueSchema = 6;

/** An open conversation in the queue; its id is the conversation's. */
export interface QueueDocument extends Waiting {
  /** Whose conversation it is by its id; what a text finds is told by it. */
  readonly contactId: string;
  /** Who speaks for that contact since merges, first; then all whom they speak for (CON-5). */
  readonly contactIds: readonly [string, ...string[]];
  /** What its name is made of: another one for each who sees other channels (CON-3, ASG-6). */
  readonly naming: NamedProfile;
  readonly vip: boolean;
  /** As `group-members` names them: `vip`, and `<group id>.<version>`. */
  readonly memberships: readonly string[];
  readonly userId: string | null;
  readonly teamId: string | null;
  /** The current channel. */
  readonly channelId: string;
  readonly medium: Medium;
  readonly channelIds: readonly string[];
  readonly openedAt: string;
  /** Ids of topics. */
  readonly topics: readonly string[];
  /** Ids of colleagues whom a note in it asks to look. */
  readonly mentions: readonly string[];
  readonly score: number;
  /** The order of the queue, see `rankKey`. */
  readonly rankFirst: number;
  readonly rankSecond: number;
}

/** ASG-9: a total order that no clock changes, with the id as the last. */
export const rankOrder = { rankFirst: 1, rankSecond: 1 } as const;

const ranked = { ...rankOrder, _id: 1 } as const;

/** One for whatever a page can be filtered by: a filter that matches little is read by its own index, in rank order. */
export const queueIndexes: readonly IndexDeclaration[] = [
  { key: ranked },
  { key: { channelIds: 1, ...ranked } },
  { key: { channelId: 1, ...ranked } },
  { key: { status: 1, ...ranked } },
  { key: { userId: 1, ...ranked } },
  { key: { teamId: 1, ...ranked } },
  { key: { medium: 1, ...ranked } },
  { key: { memberships: 1, ...ranked } },
  { key: { topics: 1, ...ranked } },
  { key: { mentions: 1, ...ranked } },
  // What a text finds (ASG-10).
  { key: { contactId: 1 } },
  { key: { _at: 1 } },
];

/** What the queue knows of a contact; its id is the contact's. */
export interface QueuedContact {
  readonly kind: 'contact';
  readonly openConversationId: string | null;
  /** `null`: not created yet, as far as the events tell. */
  readonly profile: ContactProfile | null;
}

/** What ranks conversations. There is one; its id is `ranking`. */
export interface Ranking {
  readonly kind: 'ranking';
  readonly scores: PriorityScores;
  readonly pointsPerMinute: number;
  readonly vipEnabled: boolean;
  readonly groups: readonly {
    readonly groupId: string;
    /** The version in force. */
    readonly effective: number;
    readonly versions: readonly GroupTerms[];
  }[];
}

/**
 * Some of the open conversations, so that a change of the ranking finds all of them: a list of all in one document
 * would be written again with each opening.
 */
export interface OpenOnes {
  readonly kind: 'open';
  readonly conversationIds: readonly string[];
}

export type QueueSide = QueuedContact | Ranking | OpenOnes;
