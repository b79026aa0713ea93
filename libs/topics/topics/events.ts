import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream: the labels that conversations can have (CNV-7). */
export const topicsStream = 'topics';

/** Another label to set on conversations; its colour is `#rrggbb`. */
export type TopicCreated = DomainEvent<
  'TopicCreated',
  { readonly topicId: string; readonly name: string; readonly colour: string }
>;
/** The label reads like this from now on, also where it was set before. */
export type TopicRenamed = DomainEvent<'TopicRenamed', { readonly topicId: string; readonly name: string }>;
/** The label has this colour from now on, also where it was set before. */
export type TopicRecoloured = DomainEvent<'TopicRecoloured', { readonly topicId: string; readonly colour: string }>;
/** The label cannot be set any more; conversations that have it keep it. */
export type TopicArchived = DomainEvent<'TopicArchived', { readonly topicId: string }>;
/** The label can be set again. */
export type TopicRestored = DomainEvent<'TopicRestored', { readonly topicId: string }>;

export type TopicsEvent = TopicCreated | TopicRenamed | TopicRecoloured | TopicArchived | TopicRestored;

export const topicsEvents = {
  categories: [topicsStream],
  definitions: [
    defineEvent<TopicCreated>({
      type: 'TopicCreated',
      version: 1,
      sentence: 'Another label to set on conversations.',
      fields: { topicId: field('id'), name: field('label'), colour: field('code') },
    }),
    defineEvent<TopicRenamed>({
      type: 'TopicRenamed',
      version: 1,
      sentence: 'The label reads like this from now on, also where it was set before.',
      fields: { topicId: field('id'), name: field('label') },
    }),
    defineEvent<TopicRecoloured>({
      type: 'TopicRecoloured',
      version: 1,
      sentence: 'The label has this colour from now on, also where it was set before.',
      fields: { topicId: field('id'), colour: field('code') },
    }),
    defineEvent<TopicArchived>({
      type: 'TopicArchived',
      version: 1,
      sentence: 'The label cannot be set any more; conversations that have it keep it.',
      fields: { topicId: field('id') },
    }),
    defineEvent<TopicRestored>({
      type: 'TopicRestored',
      version: 1,
      sentence: 'The label can be set again.',
      fields: { topicId: field('id') },
    }),
  ],
};
