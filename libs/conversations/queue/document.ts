import type { AttributeValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import type { IndexDeclaration } from '#event-sourcing';
import type { Waiting } from '../conversation/waiting.js';

export const queueModel = 'queue';
export const queueSchema = 2;

/** An open conversation in the queue; its id is the conversation's. */
export interface QueueDocument extends Waiting {
  readonly contactId: string;
  readonly name: string | null;
  readonly vip: boolean;
  readonly userId: string | null;
  readonly teamId: string | null;
  /** The current channel. */
  readonly channelId: string;
  readonly medium: Medium;
  readonly channelIds: readonly string[];
  readonly openedAt: string;
  readonly score: number;
  /** `waitingSince` of what is new, else the end of time: who waits goes before who does not, in one index. */
  readonly rankSince: string;
}

export const nobodyWaits = '9999-12-31T23:59:59.999Z';

/** ASG-9: the higher score first, then who waits longest, then the id: a total order that no clock changes. */
export const rankOrder = { score: -1, rankSince: 1 } as const;

const ranked = { ...rankOrder, _id: 1 } as const;

export const queueIndexes: readonly IndexDeclaration[] = [
  { key: ranked },
  { key: { channelIds: 1, ...ranked } },
  { key: { status: 1, ...ranked } },
  { key: { userId: 1, ...ranked } },
];

/** What the queue knows of a contact; its id is the contact's. */
export interface QueuedContact {
  readonly vip: boolean;
  readonly openConversationId: string | null;
  readonly naming: {
    readonly name: string | null;
    readonly values: readonly {
      readonly alias: string;
      readonly medium: Medium | null;
      readonly value: AttributeValue;
    }[];
    readonly identities: readonly {
      readonly identityKey: string;
      readonly medium: Medium;
      readonly externalUserId: string;
      readonly profileName: string | null;
    }[];
  };
}
