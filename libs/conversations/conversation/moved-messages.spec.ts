import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { scenariosOf, testDeciderProperties } from '#event-sourcing-testing';
import type { ConversationCommand, MoveMessage } from './commands.js';
import { address, close, closed, jsonFields, note, opened, receive, received } from './conversation.fixtures.js';
import { conversationDecider } from './decide.js';
import { conversationEvents } from './events.js';
import type { ConversationEvent } from './events.js';

const { given } = scenariosOf(conversationDecider);

const content = (messageId: string): MoveMessage['message'] => ({
  ...address,
  messageId,
  subjectId: 'c',
  direction: 'in',
  text: 'Where is my order?',
  origin: 'event',
  writtenAt: '2026-03-01T10:00:00.000Z',
  position: 40,
  author: { id: 'shop', role: 'contact' },
});
const move = (messageId: string): MoveMessage => ({
  commandId: 'x',
  commandHash: 'x',
  correlationId: 'x',
  causationId: 'x',
  actor: { id: 'contact-erasure', role: 'workflow' },
  at: '2026-03-02T10:00:00.000Z',
  type: 'MoveMessage',
  message: content(messageId),
});
const moved = (messageId: string): ConversationEvent => ({
  type: 'MessageMoved',
  data: { ...note, ...content(messageId) },
});

describe('a message whose conversation is erased', () => {
  it('CON-5: moves into the one that it was given back to, open or closed', () => {
    given([opened('merge')])
      .when(move('m1'))
      .then([moved('m1')]);
    given([opened('merge'), closed({}, 'merge')])
      .when(move('m1'))
      .then([moved('m1')]);
  });

  it('CON-5: is there once', () => {
    given([opened('merge'), moved('m1'), closed({}, 'merge')])
      .when(move('m1'))
      .then([]);
    given([opened('merge'), received('m1')])
      .when(move('m1'))
      .then([]);
  });

  it('CON-2: is known when the channel delivers it again', () => {
    given([opened('merge'), moved('m1')])
      .when(receive('m1'))
      .then([]);
    given([opened('merge'), closed({}, 'merge'), moved('m1')])
      .when(receive('m1'))
      .then([]);
  });

  it('moves into no conversation that never began', () => {
    given([]).when(move('m1')).then({ code: 'not-found' });
  });
});

describe('always', () => {
  const commands: fc.Arbitrary<ConversationCommand> = fc.oneof(
    fc.constantFrom('m1', 'm2').map((id) => receive(id)),
    fc.constantFrom('m1', 'm2').map(move),
    fc.constant(close({})),
  );
  testDeciderProperties({
    decider: conversationDecider,
    definitions: conversationEvents.definitions,
    commands,
    fields: jsonFields,
  });
});
