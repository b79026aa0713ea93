import { describe, it } from '@jest/globals';
import { scenariosOf, testGoldenEvents } from '#event-sourcing-testing';
import type { ConversationFacts } from '../conversation-facts/index.js';
import { retainedFactsDecider } from './decide.js';
import type { RetainFacts } from './decide.js';
import { retainedFactsEvents } from './index.js';

const { given } = scenariosOf(retainedFactsDecider);
const facts: ConversationFacts = {
  channelId: 'shop',
  medium: 'custom',
  openedOn: '2026-03-02',
  openedBy: 'message',
  closedOn: null,
  closedBy: null,
  categoryId: null,
  messages: 1,
  responses: 0,
  botResponses: 0,
  firstAssignmentMs: null,
  firstResponseMs: null,
  resolutionMs: null,
  waitingMs: 0,
};
const command: RetainFacts = {
  commandId: 'command',
  commandHash: 'command',
  correlationId: 'command',
  causationId: 'command',
  actor: { id: 'contact-erasure', role: 'workflow' },
  at: '2026-03-02T10:00:00.000Z',
  type: 'RetainFacts',
  factsId: 'f',
  facts,
};

describe('facts that stay', () => {
  it('DEL-6: are retained once, and the first ones stay', () => {
    given([])
      .when(command)
      .then([{ type: 'ConversationFactsRetained', data: { factsId: 'f', facts } }]);
    given([{ type: 'ConversationFactsRetained', data: { factsId: 'f', facts } }])
      .when({ ...command, facts: { ...facts, messages: 0 } })
      .then([]);
  });

  testGoldenEvents(import.meta.dirname, retainedFactsEvents.definitions);
});
