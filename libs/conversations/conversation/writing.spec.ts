import { describe, it } from '@jest/globals';
import { scenariosOf } from '#event-sourcing-testing';
import {
  answered,
  assigned,
  command,
  handedToBot,
  note,
  opened,
  otherAddress,
  receive,
  received,
  replied,
  reply,
  replyUntil,
  service,
  takenFromBot,
} from './conversation.fixtures.js';
import { conversationDecider } from './decide.js';

const { given } = scenariosOf(conversationDecider);
const open = [opened('message'), received('m1'), assigned('ann')];

describe('who writes', () => {
  it('CNV-3: what an autoresponder or an automation sends answers nobody, whatever the service says', () => {
    for (const writtenBy of ['autoresponder', 'automation'] as const) {
      given(open)
        .when(reply('r1', { actor: service, answers: true, writtenBy }))
        .then([replied('r1', { answers: false, writtenBy })]);
    }
  });

  it('CNV-3: what a bot sends answers while the conversation is handed to it (door only)', () => {
    given(open)
      .when(reply('r1', { actor: service, writtenBy: 'bot' }))
      .then([replied('r1', { answers: false, writtenBy: 'bot' })]);
    given(open).when(command.handToBot).then([handedToBot]);
    given([...open, handedToBot])
      .when(command.handToBot)
      .then([]);
    given([...open, handedToBot])
      .when(reply('r1', { actor: service, writtenBy: 'bot' }))
      .then([replied('r1', { writtenBy: 'bot' }), answered('r1')]);
  });

  it('CNV-3: a colleague’s reply takes it from the bot', () => {
    given([...open, handedToBot])
      .when(reply('r1'))
      .then([takenFromBot('reply'), replied('r1'), answered('r1')]);
    given([...open, handedToBot])
      .when(command.takeFromBot)
      .then([takenFromBot('hand')]);
    given(open).when(command.takeFromBot).then([]);
  });
});

describe('a saved reply', () => {
  it('REP-1: is sent where it is offered on the current channel, and recorded; elsewhere it is not there', () => {
    const savedReply = { replyId: 's1', offeredOn: new Set(['shop']) };
    given(open)
      .when(reply('r1', { savedReply }))
      .then([replied('r1', { savedReplyId: 's1' }), answered('r1')]);
    given([...open, received('m2', otherAddress)])
      .when(reply('r1', { savedReply }))
      .then({ code: 'not-found' });
    given([...open, received('m2', otherAddress)])
      .when(reply('r1', { savedReply: { replyId: 's1', offeredOn: 'everywhere' } }))
      .then([replied('r1', { to: otherAddress, savedReplyId: 's1' }), answered('r1')]);
  });
});

describe('the reply window', () => {
  const onWhatsApp = [opened('message'), received('m1', otherAddress), assigned('ann')];

  it('CNV-5: is opened by a message for a day, by the channel’s time', () => {
    given([opened('message')])
      .when(receive('m1', { address: otherAddress }))
      .then([received('m1', otherAddress)]);
  });

  it('CNV-5: takes free text until its end, and refuses it afterwards', () => {
    given(onWhatsApp)
      .when(reply('r1', { at: replyUntil }))
      .then([replied('r1', { to: otherAddress }), answered('r1')]);
    given(onWhatsApp)
      .when(reply('r1', { at: '2026-03-03T09:59:58.001Z' }))
      .then({ code: 'reply-window-closed', channelId: 'desk', replyUntil });
    given([...onWhatsApp, received('m2')])
      .when(reply('r1', { at: '2026-03-09T10:00:00.000Z' }))
      .then([replied('r1'), answered('r1')]);
  });

  it('CNV-5: is closed for a person who never wrote there', () => {
    given(open)
      .when(reply('r1', { chosen: { ...otherAddress, subjectId: 'c' } }))
      .then({ code: 'reply-window-closed', channelId: 'desk' });
  });

  it('CNV-5: goes on in the next conversation while it lasts', () => {
    const window = { channelId: 'desk', identityKey: 'i2', until: replyUntil };
    const carried = { ...opened('message').data, windows: [window] };
    given([])
      .when(receive('m1', { windows: [window, { ...window, identityKey: 'i9', until: '2026-03-01T00:00:00.000Z' }] }))
      .then([{ type: 'ConversationOpened', data: carried }, received('m1')]);
    given([{ type: 'ConversationOpened', data: carried }, assigned('ann')])
      .when(reply('r1', { chosen: { ...otherAddress, subjectId: 'c' } }))
      .then([replied('r1', { to: otherAddress }), answered('r1')]);
  });
});

describe('mentions', () => {
  const added = { type: 'InternalNoteAdded', data: { ...note, noteId: 'n1', text: 'calls back' } } as const;
  const asking = (userId: string, access: ReadonlySet<string> | 'all' | undefined) => ({
    ...command.note('n1'),
    mentions: [{ userId, access }],
  });

  it('CNV-6: a note asks colleagues to look', () => {
    given(open)
      .when(asking('bob', new Set(['shop'])))
      .then([added, { type: 'AgentMentioned', data: { ...note, noteId: 'n1', userId: 'bob' } }]);
  });

  it('CNV-6: who cannot see the conversation is not asked', () => {
    given(open)
      .when(asking('bob', new Set(['desk'])))
      .then({ code: 'mentioned-without-access', userId: 'bob' });
    given(open).when(asking('nobody', undefined)).then({ code: 'mentioned-without-access', userId: 'nobody' });
  });
});
