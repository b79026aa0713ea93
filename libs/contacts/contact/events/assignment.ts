import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/**
 * The contact is this user's and this team's while no conversation is open; what is not named is not assigned.
 * `afterConversation`: how many conversations there were, so that the next one goes by the later of this and of who had
 * the last (ASG-4).
 */
export type ContactAssigned = DomainEvent<
  'ContactAssigned',
  { readonly contactId: string; readonly userId?: string; readonly teamId?: string; readonly afterConversation: number }
>;
/** Named are the user and the team that the contact is not any more. */
export type ContactUnassigned = DomainEvent<
  'ContactUnassigned',
  { readonly contactId: string; readonly userId?: string; readonly teamId?: string; readonly afterConversation: number }
>;

const assignee = { userId: field('id', { optional: true }), teamId: field('id', { optional: true }) };

export const assignmentEvents = [
  defineEvent<ContactAssigned>({
    type: 'ContactAssigned',
    version: 1,
    sentence: 'The contact is this user’s and this team’s while no conversation is open; the next one opens with them.',
    fields: { contactId: field('id'), ...assignee, afterConversation: field('number') },
  }),
  defineEvent<ContactUnassigned>({
    type: 'ContactUnassigned',
    version: 1,
    sentence: 'The named user and team were taken off the contact; the next conversation opens without them.',
    fields: { contactId: field('id'), ...assignee, afterConversation: field('number') },
  }),
];
