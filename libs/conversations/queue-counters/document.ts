import type { IndexDeclaration } from '#event-sourcing';
import type { Waiting } from '../conversation/waiting.js';

export const queueCountersModel = 'queue-counters';
export const queueCountersSchema = 3;

/**
 * How many conversations there are of one kind on exactly these channels. Of the channels themselves it could not
 * be said: a conversation on two of them would count twice for who has access to both.
 */
export interface QueueCounterDocument {
  readonly channelIds: readonly string[];
  /** `open`, `closed`, a status, `unassigned`, `vip`, `user <id>`, `team <id>`, `mentioned <user id>`. */
  readonly kind: string;
  readonly count: number;
}

export const queueCountersIndexes: readonly IndexDeclaration[] = [{ key: { kind: 1, channelIds: 1 } }];

/** What a conversation counts as. */
export interface Facets extends Waiting {
  readonly channelIds: readonly string[];
  readonly userId: string | null;
  readonly teamId: string | null;
  /** Ids of colleagues whom a note asks to look. */
  readonly mentions: readonly string[];
}

/** Numbers of a contact's closed conversations that were on exactly these channels. */
export interface ClosedOnes {
  readonly channelIds: readonly string[];
  readonly numbers: readonly number[];
}

/**
 * What the counters know of a contact who counts: has conversations (one open at most), or is VIP. Its id is the
 * contact's.
 */
export interface CountedContact {
  readonly vip: boolean;
  readonly open: Facets | null;
  readonly closed: readonly ClosedOnes[];
}
