import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '#event-sourcing';
import { scenariosOf } from '#event-sourcing-testing';
import type { ConversationCommand } from './commands.js';
import {
  address,
  agent,
  answered,
  assigned,
  close,
  closed,
  command,
  failed,
  known,
  note,
  openByHand,
  opened,
  receive,
  received,
  replied,
  reply,
  resumed,
  service,
  snoozed,
  topicAdded,
  woken,
} from './conversation.fixtures.js';
import { conversationDecider } from './decide.js';

const { given } = scenariosOf(conversationDecider);
const open = [opened('message'), received('m1'), assigned('ann')];
const pending = [...open, replied('r1'), answered('r1')];
const tomorrow = '2026-03-03T08:00:00.000Z';
const later = '2026-03-04T08:00:00.000Z';
const over = { code: 'conversation-closed', conversationId: 'c.2' } as const;

describe('snoozed', () => {
  it('CNV-3: is set aside until a time that is still to come', () => {
    given(open)
      .when(command.snooze(tomorrow))
      .then([snoozed(tomorrow)]);
    given(open)
      .when(command.snooze('2026-03-02T10:00:00.000Z'))
      .then({ code: 'snooze-over', until: '2026-03-02T10:00:00.000Z' });
    given([...open, snoozed(tomorrow)])
      .when(command.snooze(later))
      .then([snoozed(later)]);
    given([...open, closed({})])
      .when(command.snooze(later))
      .then(over);
  });

  it('CNV-3: its time wakes it, but not the time of a snooze that was moved or ended', () => {
    given([...open, snoozed(tomorrow)])
      .when(command.endSnooze(tomorrow))
      .then([woken('time')]);
    given([...open, snoozed(tomorrow), snoozed(later)])
      .when(command.endSnooze(tomorrow))
      .then([]);
    given([...open, snoozed(tomorrow), woken('hand')])
      .when(command.endSnooze(tomorrow))
      .then([]);
    given([...open, snoozed(tomorrow), closed({})])
      .when(command.endSnooze(tomorrow))
      .then([]);
  });

  it('CNV-3: is woken by hand', () => {
    given([...open, snoozed(tomorrow)])
      .when(command.wake)
      .then([woken('hand')]);
    given(open).when(command.wake).then([]);
  });

  it('CNV-3: wakes when the person writes, and not when they only open the chat', () => {
    given([...pending, snoozed(tomorrow)])
      .when(receive('m2'))
      .then([woken('message'), received('m2')]);
    given([...pending, snoozed(tomorrow)])
      .when(receive('w1', { kind: 'welcome' }))
      .then([
        {
          type: 'WelcomeReceived',
          data: { ...note, ...address, messageId: 'w1', subjectId: 'c', sentAt: '2026-03-02T09:59:58.000Z' },
        },
      ]);
  });

  it('CNV-3: an answer ends the snooze and the waiting; a notice ends neither', () => {
    given([...pending, snoozed(tomorrow)])
      .when(reply('r2'))
      .then([woken('reply'), replied('r2'), answered('r2')]);
    given([...pending, snoozed(tomorrow)])
      .when(reply('r2', { actor: service }))
      .then([replied('r2', { answers: false })]);
  });
});

describe('a message that never arrives', () => {
  it('CNV-3: makes the conversation new again when it was the answer', () => {
    given(pending)
      .when(command.fail('r1'))
      .then([failed('r1'), resumed('r1')]);
    given([...pending, failed('r1'), resumed('r1')])
      .when(command.fail('r1'))
      .then([]);
  });

  it('CNV-3: changes nothing while another answer stands', () => {
    given([...pending, replied('r2')])
      .when(command.fail('r1'))
      .then([failed('r1')]);
    given([...pending, replied('r2'), failed('r1')])
      .when(command.fail('r2'))
      .then([failed('r2'), resumed('r2')]);
  });

  it('CNV-3: gives the old waiting time back also when the person has written meanwhile, or it was snoozed', () => {
    given([...pending, received('m2')])
      .when(command.fail('r1'))
      .then([failed('r1'), resumed('r1')]);
    given([...pending, snoozed(tomorrow)])
      .when(command.fail('r1'))
      .then([failed('r1'), woken('failure'), resumed('r1')]);
  });

  it('CNV-3: of a notice, of an older answer, or of a closed conversation changes nothing', () => {
    given([...open, replied('n1', { answers: false })])
      .when(command.fail('n1'))
      .then([]);
    given([...pending, received('m2'), replied('r2'), answered('r2')])
      .when(command.fail('r1'))
      .then([]);
    given([...pending, closed({})])
      .when(command.fail('r1'))
      .then([]);
  });
});

describe('topics', () => {
  const removed = { type: 'TopicRemoved', data: { ...note, topicId: 't1' } } as const;

  it('CNV-7: are set and removed, each once', () => {
    given(open)
      .when(command.addTopic('t1'))
      .then([topicAdded('t1')]);
    given([...open, topicAdded('t1')])
      .when(command.addTopic('t1'))
      .then([]);
    given([...open, topicAdded('t1')])
      .when(command.removeTopic('t1'))
      .then([removed]);
    given(open).when(command.removeTopic('t1')).then([]);
  });

  it('CNV-7: must be known and not archived to be set, and can always be removed', () => {
    given(open).when(command.addTopic('t9', false)).then({ code: 'unknown-topic', topicId: 't9' });
    given([...open, topicAdded('t1')])
      .when(command.addTopic('t1', false))
      .then([]);
    given([...open, closed({})])
      .when(command.addTopic('t1'))
      .then(over);
  });
});

describe('always', () => {
  /** The status as CNV-3 tells it, kept beside the decider. */
  type Status = 'absent' | 'new' | 'pending' | 'snoozed' | 'closed';
  interface Model {
    readonly status: Status;
    readonly received: ReadonlySet<string>;
    readonly bot: boolean;
  }
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const commands: fc.Arbitrary<ConversationCommand> = fc.oneof(
    { weight: 3, arbitrary: id.map((messageId) => receive(messageId)) },
    { weight: 2, arbitrary: id.map((messageId) => reply(`r${messageId}`)) },
    id.map((messageId) => reply(`r${messageId}`, { actor: service, writtenBy: 'bot' })),
    id.map((messageId) => reply(`r${messageId}`, { actor: service })),
    fc.constantFrom(command.snooze(tomorrow), command.snooze(later), command.wake, command.endSnooze(tomorrow)),
    fc.constantFrom(openByHand(agent), command.handToBot, command.takeFromBot, command.addTopic('t1')),
    fc.constantFrom(close({}), command.closeAutomatically('block'), command.editNote({ summary: 'x' })),
  );

  function next(model: Model, sent: ConversationCommand, written: ReadonlySet<string>): Model {
    const { status, received, bot } = model;
    if (status === 'closed') return model;
    if (sent.type === 'ReceiveMessage') {
      return received.has(sent.messageId)
        ? model
        : { status: 'new', received: new Set([...received, sent.messageId]), bot };
    }
    if (sent.type === 'OpenByHand') return status === 'absent' ? { ...model, status: 'pending' } : model;
    if (status === 'absent') return model;
    switch (sent.type) {
      case 'WriteReply': {
        if (written.has(sent.messageId)) return model;
        if (sent.actor.role !== 'service') return { ...model, status: 'pending', bot: false };
        return sent.writtenBy === 'bot' && bot ? { ...model, status: 'pending' } : model;
      }
      case 'Snooze':
        return { ...model, status: 'snoozed' };
      case 'Wake':
        return status === 'snoozed' ? { ...model, status: 'new' } : model;
      case 'HandToBot':
        return { ...model, bot: true };
      case 'TakeFromBot':
        return { ...model, bot: false };
      case 'Close':
      case 'CloseAutomatically':
        return { ...model, status: 'closed' };
      default:
        return model;
    }
  }

  it('CNV-3: the status is what a naive model of the rule says', () => {
    const withoutTimes = commands.filter(({ type }) => type !== 'EndSnooze');
    fc.assert(
      fc.property(fc.array(withoutTimes, { maxLength: 25 }), (sent) => {
        let state = conversationDecider.initial;
        let model: Model = { status: 'absent', received: new Set(), bot: false };
        const written = new Set<string>();
        for (const one of sent) {
          const decision = conversationDecider.decide(one, state);
          model = next(model, one, written);
          if (isRefusal(decision)) continue;
          for (const event of decision) if (event.type === 'ReplyWritten') written.add(event.data.messageId);
          state = decision.reduce(conversationDecider.evolve, state);
          const status = state.phase === 'open' ? state.status : state.phase;
          expect(status).toBe(model.status);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('CNV-9: once closed, nothing of it changes but its note', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 15 }), (sent) => {
        const before = [opened('message', known(['m0'])), received('m1'), closed({})].reduce(
          conversationDecider.evolve,
          conversationDecider.initial,
        );
        let state = before;
        for (const one of sent) {
          const decision = conversationDecider.decide(one, state);
          if (isRefusal(decision)) continue;
          expect(decision.filter(({ type }) => type !== 'ClosingNoteEdited')).toEqual([]);
          state = decision.reduce(conversationDecider.evolve, state);
        }
        expect({ ...state, note: undefined }).toEqual({ ...before, note: undefined });
      }),
    );
  });
});
