import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream per version of the order: how far its computation has got. */
export const rankingStream = (version: string): string => `ranking-${version}`;

/** Into how many parts the open conversations fall, by their contact. */
export const partsOfOpen = 256;

interface OfVersion {
  /** Id of the event that changed the rules of the order last: in a copy of the log it stands at another position. */
  readonly version: string;
}

/** The open conversations of these parts have their place in an order that does not answer yet. */
export type OpenConversationsRanked = DomainEvent<
  'OpenConversationsRanked',
  OfVersion & {
    /** The first of the parts. */
    readonly from: number;
    /** The first one that is not among them. */
    readonly to: number;
  }
>;
/** All open conversations have their place in the order, and it answers from now on. */
export type QueueRankingTookEffect = DomainEvent<'QueueRankingTookEffect', OfVersion>;

export type RankingEvent = OpenConversationsRanked | QueueRankingTookEffect;

export const rankingEvents = {
  categories: ['ranking'],
  definitions: [
    defineEvent<OpenConversationsRanked>({
      type: 'OpenConversationsRanked',
      version: 1,
      sentence: 'The open conversations of these parts have their place in an order that does not answer yet.',
      fields: { version: field('id'), from: field('number'), to: field('number') },
    }),
    defineEvent<QueueRankingTookEffect>({
      type: 'QueueRankingTookEffect',
      version: 1,
      sentence: 'All open conversations have their place in the new order of the queue, and it answers from now on.',
      fields: { version: field('id') },
    }),
  ],
};
