import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream: what the admin gives points for in the queue's order. */
export const priorityScoresStream = 'priority-scores';

/** What earns the points: all that is named must hold. */
export interface ScoreTerms {
  /** Id of a contact group, `vip` included. */
  readonly group?: string;
  readonly topicId?: string;
  /** The current channel. */
  readonly channelId?: string;
}

/** Conversations that fit the terms count so many points more from now on. */
export type PriorityScoreAdded = DomainEvent<
  'PriorityScoreAdded',
  ScoreTerms & { readonly scoreId: string; readonly points: number; readonly name?: string }
>;
/** The same terms earn other points. */
export type PriorityPointsSet = DomainEvent<'PriorityPointsSet', { readonly scoreId: string; readonly points: number }>;
/** The terms earn nothing any more. */
export type PriorityScoreArchived = DomainEvent<'PriorityScoreArchived', { readonly scoreId: string }>;

export type PriorityEvent = PriorityScoreAdded | PriorityPointsSet | PriorityScoreArchived;

export const priorityEvents = {
  categories: [priorityScoresStream],
  definitions: [
    defineEvent<PriorityScoreAdded>({
      type: 'PriorityScoreAdded',
      version: 1,
      sentence: 'Conversations that fit all of the named terms count so many points more in the order of the queue.',
      fields: {
        scoreId: field('id'),
        points: field('number'),
        name: field('label', { optional: true }),
        group: field('id', { optional: true }),
        topicId: field('id', { optional: true }),
        channelId: field('id', { optional: true }),
      },
    }),
    defineEvent<PriorityPointsSet>({
      type: 'PriorityPointsSet',
      version: 1,
      sentence: 'The same terms earn other points from now on.',
      fields: { scoreId: field('id'), points: field('number') },
    }),
    defineEvent<PriorityScoreArchived>({
      type: 'PriorityScoreArchived',
      version: 1,
      sentence: 'The terms earn nothing any more.',
      fields: { scoreId: field('id') },
    }),
  ],
};
