import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import { ofConversation } from './of-conversation.js';
import type { OfConversation } from './of-conversation.js';

/** What assigned a conversation. */
export const assignmentCauses = ['opening', 'reply', 'hand', 'kept', 'routing', 'automation', 'bot'] as const;
export type AssignmentCause = (typeof assignmentCauses)[number];

/** What took an assignment away. */
export const unassignmentCauses = ['hand', 'offline', 'access-lost', 'deactivated', 'automation'] as const;
export type UnassignmentCause = (typeof unassignmentCauses)[number];

/** The conversation is this user's and this team's from now on; what is not named is not assigned. */
export type ConversationAssigned = DomainEvent<
  'ConversationAssigned',
  OfConversation & { readonly userId?: string; readonly teamId?: string; readonly cause: AssignmentCause }
>;

/** Named are the user and the team that were taken off. */
export type ConversationUnassigned = DomainEvent<
  'ConversationUnassigned',
  OfConversation & { readonly userId?: string; readonly teamId?: string; readonly cause: UnassignmentCause }
>;

const assignee = { userId: field('id', { optional: true }), teamId: field('id', { optional: true }) };

export const assignmentEvents = [
  defineEvent<ConversationAssigned>({
    type: 'ConversationAssigned',
    version: 1,
    sentence: 'The conversation is this user’s and this team’s from now on; what is not named is not assigned.',
    fields: { ...ofConversation, ...assignee, cause: field('code') },
  }),
  defineEvent<ConversationUnassigned>({
    type: 'ConversationUnassigned',
    version: 1,
    sentence: 'The named user and team were taken off the conversation.',
    fields: { ...ofConversation, ...assignee, cause: field('code') },
  }),
];
