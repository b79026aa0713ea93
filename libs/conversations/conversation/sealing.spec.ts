import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { scenariosOf, testDeciderProperties } from '#event-sourcing-testing';
import type { CloseAutomatically, ConversationCommand, SealChain } from './commands.js';
import {
  agent,
  close,
  closed,
  jsonFields,
  known,
  note,
  opened,
  openByHand,
  receive,
  received,
  reply,
} from './conversation.fixtures.js';
import { conversationDecider } from './decide.js';
import { conversationEvents } from './events.js';
import type { ConversationEvent } from './events.js';

const { given } = scenariosOf(conversationDecider);

const header = { commandId: 'x', commandHash: 'x', correlationId: 'x', causationId: 'x', actor: agent, at: 'now' };
const closeFor = (cause: 'merge' | 'block'): CloseAutomatically => ({ ...header, type: 'CloseAutomatically', cause });
const seal = (sealId: string): SealChain => ({
  ...header,
  type: 'SealChain',
  ...note,
  number: 2,
  known: known(['m0']),
  moved: [],
  by: 'block',
  sealId,
});
const sealed = (sealId: string): ConversationEvent => ({
  type: 'ConversationChainSealed',
  data: { ...note, number: 2, known: known(['m0']), by: 'block', sealId },
});

describe('a place that is sealed', () => {
  it('CON-6: is taken once, in the place of the next conversation', () => {
    given([])
      .when(seal('b1'))
      .then([sealed('b1')]);
    given([sealed('b1')])
      .when(seal('b1'))
      .then([]);
  });

  it('CON-6: neither another seal nor a conversation comes in its place', () => {
    const refusal = { code: 'conversation-closed', conversationId: 'c.2' } as const;
    given([sealed('b1')])
      .when(seal('b2'))
      .then(refusal);
    given([sealed('b1')])
      .when(receive('m1'))
      .then(refusal);
    given([sealed('b1')])
      .when(openByHand(agent))
      .then(refusal);
  });

  it('CON-6: a conversation that came first is not sealed over', () => {
    const refusal = { code: 'conversation-closed', conversationId: 'c.2' } as const;
    given([opened('message'), received('m1')])
      .when(seal('b1'))
      .then(refusal);
  });

  it('ASG-6: is no conversation: there is nothing to answer or close', () => {
    given([sealed('b1')])
      .when(reply('r1'))
      .then({ code: 'not-found' });
    given([sealed('b1')])
      .when(close({}))
      .then({ code: 'not-found' });
  });
});

describe('closing by a block or a merge', () => {
  const open = [opened('message'), received('m1')];

  it('CNV-8: names the cause, and asks for no note', () => {
    for (const cause of ['merge', 'block'] as const) {
      given(open)
        .when(closeFor(cause))
        .then([{ type: 'ConversationClosed', data: { ...note, cause } }]);
    }
  });

  it('CNV-8: leaves alone what is closed, sealed or not there', () => {
    given([...open, closed({})])
      .when(closeFor('merge'))
      .then([]);
    given([sealed('b1')])
      .when(closeFor('merge'))
      .then([]);
    given([]).when(closeFor('block')).then([]);
  });
});

describe('always', () => {
  const commands: fc.Arbitrary<ConversationCommand> = fc.oneof(
    fc.constantFrom('m1', 'm2').map((id) => receive(id)),
    fc.constantFrom(closeFor('merge'), closeFor('block'), seal('b1'), seal('b2'), close({}), openByHand(agent)),
  );
  testDeciderProperties({
    decider: conversationDecider,
    definitions: conversationEvents.definitions,
    commands,
    fields: jsonFields,
  });
});
