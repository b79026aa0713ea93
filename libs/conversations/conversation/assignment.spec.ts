import { describe, it } from '@jest/globals';
import { scenariosOf } from '#event-sourcing-testing';
import {
  address,
  agent,
  answered,
  assigned,
  command,
  note,
  opened,
  openByHand,
  otherAddress,
  received,
  receive,
  reply,
  replied,
  service,
  welcomed,
} from './conversation.fixtures.js';
import { conversationDecider } from './decide.js';
import type { UnassignmentCause } from './events/assignment.js';

const { given } = scenariosOf(conversationDecider);
const open = [opened('message'), received('m1')];

describe('who has a conversation', () => {
  it('ASG-2: is assigned to a team, which takes it off the user who had it', () => {
    const toTeam = { type: 'ConversationAssigned', data: { ...note, teamId: 'returns', cause: 'hand' } } as const;
    given([...open, assigned('ann')])
      .when(command.assignTeam('returns', true))
      .then([toTeam]);
    given([...open, toTeam])
      .when(command.assignTeam('returns', true))
      .then([]);
    given([...open, toTeam])
      .when(command.assign('bob', 'all'))
      .then([{ type: 'ConversationAssigned', data: { ...note, teamId: 'returns', userId: 'bob', cause: 'hand' } }]);
    given(open).when(command.assignTeam('gone', false)).then({ code: 'unknown-team', teamId: 'gone' });
  });

  it('ASG-6: is taken off a user without access to the current channel, or who has left; nobody else', () => {
    const shop = new Set(['shop']);
    const lost = (cause: UnassignmentCause) =>
      ({ type: 'ConversationUnassigned', data: { ...note, userId: 'ann', cause } }) as const;
    const ofAnn = [...open, assigned('ann')];
    const ann = { userId: 'ann', offline: false };
    given(ofAnn)
      .when(command.takeOff({ ...ann, access: new Set(['desk']) }))
      .then([lost('access-lost')]);
    given(ofAnn)
      .when(command.takeOff({ ...ann, access: undefined }))
      .then([lost('deactivated')]);
    given(ofAnn)
      .when(command.takeOff({ ...ann, access: shop }))
      .then([]);
    given([...open, assigned('bob')])
      .when(command.takeOff({ ...ann, access: undefined }))
      .then([]);
  });

  it('ASG-3: is taken off who is offline while it waits, and not once it is answered', () => {
    const offline = { userId: 'ann', access: 'all', offline: true } as const;
    given([...open, assigned('ann')])
      .when(command.takeOff(offline))
      .then([{ type: 'ConversationUnassigned', data: { ...note, userId: 'ann', cause: 'offline' } }]);
    given([...open, assigned('ann', 'reply'), replied('r1'), answered('r1')])
      .when(command.takeOff(offline))
      .then([]);
  });

  it('ASG-3: an inbound message takes an answered one off who is offline, in the same append', () => {
    const assignedTo = { userId: 'ann', access: 'all', offline: true } as const;
    const pending = [...open, assigned('ann', 'reply'), replied('r1'), answered('r1')];
    const off = { type: 'ConversationUnassigned', data: { ...note, userId: 'ann', cause: 'offline' } } as const;
    given(pending)
      .when(receive('m2', { assigned: assignedTo }))
      .then([received('m2'), off]);
    given(pending)
      .when(receive('m2', { assigned: { ...assignedTo, offline: false } }))
      .then([received('m2')]);
    given(pending)
      .when(receive('m2', { assigned: assignedTo, kind: 'welcome' }))
      .then([welcomed('m2')]);
    given([...open, assigned('ann')])
      .when(receive('m2', { assigned: assignedTo }))
      .then([received('m2')]);
  });

  it('ASG-6: an inbound message on a channel that the assignee lacks takes it off them, in the same append', () => {
    const ann = { userId: 'ann', access: new Set(['shop']), offline: false };
    given([...open, assigned('ann')])
      .when(receive('m2', { address: otherAddress, assigned: ann }))
      .then([
        received('m2', otherAddress),
        { type: 'ConversationUnassigned', data: { ...note, userId: 'ann', cause: 'access-lost' } },
      ]);
    given([...open, assigned('bob')])
      .when(receive('m2', { address: otherAddress, assigned: ann }))
      .then([received('m2', otherAddress)]);
  });

  it('ASG-1: who replies where they have access, but not on the current channel, does not get it', () => {
    given([...open, received('m2', otherAddress)])
      .when(reply('r1', { chosen: { ...address, subjectId: 'c' }, access: new Set(['shop']) }))
      .then([replied('r1'), answered('r1')]);
  });
});

describe('who is given it by routing', () => {
  const ann = { userId: 'ann', access: 'all' } as const;
  const returns = { teamId: 'returns', exists: true } as const;
  const routed = (to: { userId?: string; teamId?: string }) =>
    ({ type: 'ConversationAssigned', data: { ...note, ...to, cause: 'routing' } }) as const;
  const unassigned = {
    type: 'ConversationUnassigned',
    data: { ...note, userId: 'ann', cause: 'offline' },
  } as const;

  it('ASG-7: is asked for when it opens with nobody', () => {
    given([])
      .when(receive('m1', { toRoute: true }))
      .then([{ ...opened('message'), data: { ...opened('message').data, toRoute: true } }, received('m1')]);
  });

  it('ASG-7: is a user, a team, or a user with the team that they were picked in', () => {
    given(open)
      .when(command.route(ann))
      .then([routed({ userId: 'ann' })]);
    given(open)
      .when(command.route(returns))
      .then([routed({ teamId: 'returns' })]);
    given(open)
      .when(command.route(ann, { pickedIn: 'returns' }))
      .then([routed({ userId: 'ann', teamId: 'returns' })]);
  });

  it('ASG-7: is nobody when somebody has it by now, and nobody else than of the team that has it', () => {
    for (const to of [ann, returns]) {
      given([...open, assigned('bob')])
        .when(command.route(to))
        .then([]);
    }
    given([...open, routed({ teamId: 'desk' })])
      .when(command.route(ann, { pickedIn: 'returns' }))
      .then([]);
    given([...open, routed({ teamId: 'desk' })])
      .when(command.route(ann))
      .then([]);
    given([...open, routed({ teamId: 'returns' })])
      .when(command.route(ann, { pickedIn: 'returns' }))
      .then([routed({ userId: 'ann', teamId: 'returns' })]);
  });

  it('ASG-7: after it was taken off somebody, only while it waits', () => {
    const after = 'unassignment';
    given([...open, assigned('ann'), unassigned])
      .when(command.route(ann, { after }))
      .then([routed({ userId: 'ann' })]);
    given([...open, assigned('ann', 'reply'), replied('r1'), answered('r1'), unassigned])
      .when(command.route(ann, { after }))
      .then([]);
  });

  it('ASG-7: is nobody without access to the current channel, nor a team that is archived', () => {
    given(open)
      .when(command.route({ userId: 'ann', access: new Set(['desk']) }))
      .then({ code: 'assignee-without-access', userId: 'ann' });
    given(open)
      .when(command.route({ teamId: 'returns', exists: false }))
      .then({ code: 'unknown-team', teamId: 'returns' });
  });
});

describe('who has the next one', () => {
  const kept = { userId: 'bob', teamId: 'returns' };
  const keptFromBefore = { type: 'ConversationAssigned', data: { ...note, ...kept, cause: 'kept' } } as const;

  it('ASG-4: who had the contact before, whatever opens it', () => {
    given([])
      .when(receive('m1', { kept }))
      .then([opened('message'), keptFromBefore, received('m1')]);
    given([])
      .when(openByHand(service, kept))
      .then([opened('service'), keptFromBefore]);
  });

  it('CNV-2: the user who opens it by hand', () => {
    given([])
      .when(openByHand(agent, kept))
      .then([opened('user'), assigned('ann', 'opening')]);
  });
});
