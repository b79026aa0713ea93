import type { Medium } from '#channels/channel';
import type { GroupTerms } from '#contact-groups/groups';
import type { ContactProfile, NamedProfile } from '#contacts/contact-profile';
import type { IndexDeclaration, Position } from '#event-sourcing';
import type { Waiting } from '../conversation/waiting.js';
import type { PriorityScores } from '../priority/index.js';

export const queueModel = 'queue';
export const queueSchema = 7;

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
  /** Its place in two orders: one of them answers. The other is being computed, or is what answered before. */
  readonly ranks: Readonly<Record<Slot, Rank>>;
}

export type Slot = 'even' | 'odd';

/** A place in the order of the queue, see `rankKey`. */
export interface Rank {
  readonly score: number;
  readonly first: number;
  readonly second: number;
}

/** ASG-9: a total order that no clock changes, with the id as the last. */
export const rankOrder = {
  even: { 'ranks.even.first': 1, 'ranks.even.second': 1 },
  odd: { 'ranks.odd.first': 1, 'ranks.odd.second': 1 },
} as const;

/** One for whatever a page can be filtered by: a filter that matches little is read by its own index, in rank order. */
const rankedIndexes = (slot: Slot): readonly IndexDeclaration[] => {
  const ranked = { ...rankOrder[slot], _id: 1 } as const;
  return [
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
  ];
};

export const queueIndexes: readonly IndexDeclaration[] = [
  ...rankedIndexes('even'),
  ...rankedIndexes('odd'),
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

/** What conversations are ranked by. */
export interface RankRules {
  readonly scores: PriorityScores;
  readonly pointsPerMinute: number;
  readonly vipEnabled: boolean;
  /** Groups, with the version of their condition that is in force. */
  readonly groups: readonly { readonly groupId: string; readonly version: number }[];
}

/** The order that is being computed while another one answers. */
export interface NextOrder {
  /** Id of the event that changed its rules last. */
  readonly version: string;
  readonly rules: RankRules;
  /** How many conversations were open by then. */
  readonly open: number;
  /** How many of the parts of the open conversations are ranked by it. */
  readonly ranked: number;
}

/** What ranks conversations. There is one; its id is `ranking`. */
export interface Ranking {
  readonly kind: 'ranking';
  /** The order that answers, by these rules. */
  readonly slot: Slot;
  readonly rules: RankRules;
  /** Position of the event by which it answers; 0: no other ever did. */
  readonly since: Position;
  readonly next: NextOrder | null;
  /** What contacts are asked, so that documents know the groups that either rules name. */
  readonly groups: readonly { readonly groupId: string; readonly versions: readonly GroupTerms[] }[];
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
