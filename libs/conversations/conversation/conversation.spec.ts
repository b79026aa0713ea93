import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import { conversationDecider } from './decide.js';
import type { ConversationCommand } from './commands.js';
import { conversationEvents } from './events.js';
import {
  address,
  agent,
  answered,
  assigned,
  close,
  closed,
  command,
  jsonFields,
  known,
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

const { given } = scenariosOf(conversationDecider);
const unassigned = { type: 'ConversationUnassigned', data: { ...note, userId: 'ann', cause: 'hand' } } as const;

describe('before it is opened', () => {
  it('CNV-2: the first message opens it', () => {
    given([])
      .when(receive('m1'))
      .then([opened('message'), received('m1')]);
  });

  it('CNV-2: a welcome event opens it', () => {
    given([])
      .when(receive('w1', { kind: 'welcome' }))
      .then([opened('welcome'), welcomed('w1')]);
  });

  it('CON-2: a message of an earlier conversation changes nothing', () => {
    const carried = { conversations: [{ number: 1, messageIds: ['m0'] }], complete: true };
    given([])
      .when(receive('m0', { known: carried }))
      .then([]);
  });

  it('CNV-2: opened by a user, it is theirs', () => {
    given([])
      .when(openByHand(agent))
      .then([opened('user'), assigned('ann', 'opening')]);
  });

  it('CNV-2: opened by a service, it is nobody’s', () => {
    given([])
      .when(openByHand(service))
      .then([opened('service')]);
  });

  it('ASG-6: there is nothing to answer, close or assign', () => {
    given([]).when(reply('r1')).then({ code: 'not-found' });
    given([]).when(close({})).then({ code: 'not-found' });
  });
});

describe('open', () => {
  const open = [opened('message'), received('m1')];

  it('CON-2: the same message again changes nothing', () => {
    given(open).when(receive('m1')).then([]);
  });

  it('CNV-1: a message on another channel joins it and makes that channel the current one', () => {
    given(open)
      .when(receive('m2', { address: otherAddress }))
      .then([received('m2', otherAddress)]);
    given([...open, received('m2', otherAddress), assigned('ann')])
      .when(reply('r1'))
      .then([replied('r1', { to: otherAddress }), answered('r1')]);
  });

  it('CNV-2: a welcome event is kept and changes no status', () => {
    given(open)
      .when(receive('w1', { kind: 'welcome' }))
      .then([welcomed('w1')]);
    given([opened('user'), assigned('ann', 'opening'), welcomed('w1')])
      .when(reply('r1'))
      .then([replied('r1')]);
  });

  it('CNV-1: a second one cannot be opened, and this one is named', () => {
    given(open).when(openByHand(agent)).then({ code: 'conversation-open', conversationId: 'c.2' });
  });

  it('ASG-1: the first reply of a user assigns it to them and ends the waiting', () => {
    given(open)
      .when(reply('r1'))
      .then([assigned('ann', 'reply'), replied('r1'), answered('r1')]);
  });

  it('ASG-1: a reply to an assigned one leaves the assignee', () => {
    given([...open, assigned('bob')])
      .when(reply('r1'))
      .then([replied('r1'), answered('r1')]);
  });

  it('CNV-3: a notice of a service answers nobody and assigns nobody', () => {
    given(open)
      .when(reply('r1', { actor: service }))
      .then([replied('r1', { answers: false })]);
  });

  it('CNV-3: a service that says so answers', () => {
    given(open)
      .when(reply('r1', { actor: service, answers: true }))
      .then([replied('r1'), answered('r1')]);
  });

  it('CNV-3: the waiting ends once', () => {
    given([...open, assigned('ann', 'reply'), replied('r1'), answered('r1')])
      .when(reply('r2'))
      .then([replied('r2')]);
  });

  it('CNV-3: the next message starts the waiting again', () => {
    given([...open, assigned('ann', 'reply'), replied('r1'), answered('r1'), received('m2')])
      .when(reply('r2'))
      .then([replied('r2'), answered('r2')]);
  });

  it('CNV-4: a reply that was written before is not written again', () => {
    given([...open, assigned('ann', 'reply'), replied('r1'), answered('r1')])
      .when(reply('r1'))
      .then([]);
  });

  it('CNV-1: a reply goes to the chosen channel', () => {
    given([...open, assigned('ann')])
      .when(reply('r1', { chosen: { ...address, channelId: 'desk', subjectId: 'c' } }))
      .then([replied('r1', { to: { ...address, channelId: 'desk' } }), answered('r1')]);
  });

  it('CNV-4: nothing is written on a channel that is switched off', () => {
    given(open)
      .when(reply('r1', { disabledChannelIds: new Set(['shop']) }))
      .then({ code: 'channel-disabled', channelId: 'shop' });
  });

  it('ASG-6: without access to one of its channels it does not exist, and no reply leaves on a channel without access', () => {
    given(open)
      .when(reply('r1', { access: new Set(['desk']) }))
      .then({ code: 'not-found' });
    given([...open, received('m2', otherAddress)])
      .when(reply('r1', { access: new Set(['shop']) }))
      .then({ code: 'not-found' });
  });

  it('CNV-6: takes internal notes, each once', () => {
    const added = { type: 'InternalNoteAdded', data: { ...note, noteId: 'n1', text: 'calls back' } } as const;
    given(open).when(command.note('n1')).then([added]);
    given([...open, added])
      .when(command.note('n1'))
      .then([]);
  });

  it('ASG-2: is assigned by hand to a user with access to the current channel', () => {
    given(open)
      .when(command.assign('bob', new Set(['shop'])))
      .then([assigned('bob')]);
    given([...open, assigned('bob')])
      .when(command.assign('bob', 'all'))
      .then([]);
  });

  it('ASG-2: is not assigned to a user without access, or whom nobody knows', () => {
    given(open)
      .when(command.assign('bob', new Set(['desk'])))
      .then({ code: 'assignee-without-access', userId: 'bob' });
    given(open).when(command.assign('bob', undefined)).then({ code: 'assignee-without-access', userId: 'bob' });
  });

  it('ASG-2: is taken from its assignee', () => {
    given([...open, assigned('ann')])
      .when(command.unassign)
      .then([unassigned]);
    given(open).when(command.unassign).then([]);
  });

  it('CNV-9: closes with and without a note when notes are optional', () => {
    given(open)
      .when(close({ summary: 'Sent a new key.' }))
      .then([closed({ summary: 'Sent a new key.' })]);
    given(open)
      .when(close({}))
      .then([closed({})]);
  });

  it('CNV-9: asks for what the mode requires', () => {
    given(open).when(close({}, 'category')).then({ code: 'category-required' });
    given(open)
      .when(close({ categoryId: 'k1' }, 'both'))
      .then({ code: 'summary-required' });
    given(open)
      .when(close({ summary: 'x' }, 'off'))
      .then({ code: 'closing-note-off' });
    given(open)
      .when(close({ categoryId: 'k9' }))
      .then({ code: 'unknown-category', categoryId: 'k9' });
    given(open)
      .when(close({ categoryId: 'k1', summary: 'x' }, 'both'))
      .then([closed({ categoryId: 'k1', summary: 'x' })]);
  });

  it('CNV-9: has no closing note to edit yet', () => {
    given(open)
      .when(command.editNote({ summary: 'x' }))
      .then({ code: 'not-closed' });
  });
});

describe('closed', () => {
  const over = [opened('message'), received('m1'), closed({ summary: 'old' })];

  it('CNV-8: is not closed twice', () => {
    given(over).when(close({})).then({ code: 'conversation-closed', conversationId: 'c.2' });
  });

  it('CNV-4, CNV-10: takes no reply, no note, no assignee and no new message', () => {
    const refusal = { code: 'conversation-closed', conversationId: 'c.2' } as const;
    given(over).when(reply('r1')).then(refusal);
    given(over).when(command.note('n1')).then(refusal);
    given(over).when(command.assign('bob', 'all')).then(refusal);
    given(over).when(receive('m2')).then(refusal);
    given(over).when(openByHand(agent)).then(refusal);
  });

  it('CON-2: knows its messages again, and those it was opened with', () => {
    given(over).when(receive('m1')).then([]);
    given([opened('message', known(['m0'])), closed({})])
      .when(receive('m0'))
      .then([]);
  });

  it('CNV-9: only its note changes, and only when it says something else', () => {
    const edited = { type: 'ClosingNoteEdited', data: { ...note, categoryId: 'k1', summary: 'old' } } as const;
    given(over)
      .when(command.editNote({ categoryId: 'k1' }))
      .then([edited]);
    given(over)
      .when(command.editNote({ summary: 'old' }))
      .then([]);
    given(over)
      .when(command.editNote({ summary: null }))
      .then([{ type: 'ClosingNoteEdited', data: note }]);
  });

  it('ASG-6: its note does not exist without access', () => {
    given(over)
      .when({ ...command.editNote({ summary: 'x' }), access: new Set(['desk']) })
      .then({ code: 'not-found' });
  });
});

describe('always', () => {
  const id = fc.constantFrom('a', 'b', 'c');
  const access = fc.constantFrom('all' as const, new Set(['shop']), new Set(['a']));
  const commands: fc.Arbitrary<ConversationCommand> = fc.oneof(
    fc.record({ id, to: fc.constantFrom(address, otherAddress) }).map(({ id, to }) => receive(id, { address: to })),
    fc.constantFrom(openByHand(agent), openByHand(service)),
    fc.record({ id, access }).map(({ id, access }) => reply(id, { access })),
    id.map(command.note),
    id.map((userId) => command.assign(userId, 'all')),
    fc.constant(command.unassign),
    id.map((teamId) => command.assignTeam(teamId, teamId !== 'c')),
    fc.record({ userId: id, access, offline: fc.boolean() }).map(command.takeOff),
    fc.constantFrom(close({}), close({ categoryId: 'k1' }, 'category')),
    fc.constantFrom(command.editNote({ summary: 'x' }), command.editNote({ categoryId: 'k1', summary: null })),
  );
  testDeciderProperties({
    decider: conversationDecider,
    definitions: conversationEvents.definitions,
    commands,
    fields: jsonFields,
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, conversationEvents.definitions);
});
