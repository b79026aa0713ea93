import { describe, it } from '@jest/globals';
import { scenariosOf } from '#event-sourcing-testing';
import type { AssignContact, UnassignContact } from './commands.js';
import { contactId, event, header } from './contact.fixtures.js';
import { contactDecider } from './decide.js';

const { given } = scenariosOf(contactDecider);
const after = (afterConversation: number, heldBy: AssignContact['heldBy'] = {}) => ({
  ...header,
  access: 'all' as const,
  contactId,
  afterConversation,
  heldBy,
});
const assign = (facts: ReturnType<typeof after>, to: AssignContact['to']): AssignContact => ({
  ...facts,
  type: 'AssignContact',
  to,
});
const unassign = (facts: ReturnType<typeof after>, openConversationId?: string): UnassignContact => ({
  ...facts,
  type: 'UnassignContact',
  openConversationId,
});
const bob = { userId: 'bob', access: 'all' } as const;
const returns = { teamId: 'returns', exists: true } as const;
const known = [
  event('ContactCreated', { createdBy: 'ann' }),
  event('IdentityAttached', { identityKey: 'k1', medium: 'custom', idScope: 'c1', externalUserId: 'user-17' }),
  event('ContactSeenOnChannel', { identityKey: 'k1', channelId: 'c1' }),
];
const toBob = (afterConversation: number) => event('ContactAssigned', { userId: 'bob', afterConversation });

describe('whose a contact is while no conversation is open', () => {
  it('ASG-4: a user’s or a team’s, from now on', () => {
    given(known)
      .when(assign(after(0), bob))
      .then([toBob(0)]);
    given([...known, toBob(0)])
      .when(assign(after(0), bob))
      .then([]);
    given([...known, toBob(0)])
      .when(assign(after(0), returns))
      .then([event('ContactAssigned', { teamId: 'returns', afterConversation: 0 })]);
  });

  it('ASG-4: of who had the last conversation, unless something was said of the contact since', () => {
    given([...known, toBob(0)])
      .when(assign(after(1, { userId: 'cem' }), bob))
      .then([toBob(1)]);
    given([...known, toBob(1)])
      .when(assign(after(1, { userId: 'cem' }), bob))
      .then([]);
    given(known)
      .when(assign(after(1, { userId: 'cem', teamId: 'returns' }), bob))
      .then([event('ContactAssigned', { teamId: 'returns', userId: 'bob', afterConversation: 1 })]);
  });

  it('ASG-4: is taken off them', () => {
    const off = event('ContactUnassigned', { userId: 'bob', afterConversation: 1 });
    given([...known, toBob(1)])
      .when(unassign(after(1)))
      .then([off]);
    given(known)
      .when(unassign(after(1, { userId: 'bob' })))
      .then([off]);
    given([...known, toBob(1), off])
      .when(unassign(after(1, { userId: 'bob' })))
      .then([]);
    given([...known, toBob(1)])
      .when(unassign(after(2), 'c.2'))
      .then({ code: 'conversation-open', conversationId: 'c.2' });
  });

  it('ASG-2: never of who lacks the contact’s channels, has left, or does not exist', () => {
    given(known)
      .when(assign(after(0), { userId: 'bob', access: new Set(['c2']) }))
      .then({ code: 'assignee-without-access', userId: 'bob' });
    given(known)
      .when(assign(after(0), { userId: 'bob', access: undefined }))
      .then({ code: 'assignee-without-access', userId: 'bob' });
    given(known)
      .when(assign(after(0), { teamId: 'gone', exists: false }))
      .then({ code: 'unknown-team', teamId: 'gone' });
  });

  it('ASG-6: is said only by who sees the contact', () => {
    given(known)
      .when({ ...assign(after(0), bob), access: new Set(['c2']) })
      .then({ code: 'not-found' });
    given(known)
      .when({ ...unassign(after(1), 'c.1'), access: new Set(['c2']) })
      .then({ code: 'not-found' });
    given([])
      .when(unassign(after(0)))
      .then({ code: 'not-found' });
  });
});
