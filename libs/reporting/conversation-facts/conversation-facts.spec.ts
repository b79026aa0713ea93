import { describe, expect, it } from '@jest/globals';
import { readInMemory } from '#event-sourcing';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import {
  answered,
  assigned,
  closed,
  opened,
  received,
  replied,
  resumed,
} from '../../conversations/conversation/conversation.fixtures.js';
import type { ConversationEvent } from '../../conversations/conversation/events.js';
import type { ConversationFactsRetained } from '../retained-facts/index.js';
import type { ConversationFacts } from './facts.js';
import { conversationFactsProjection, sumsByDay } from './index.js';

/** Each event at its minute of 2 March. */
const life = (...events: readonly (readonly [number, ConversationEvent])[]) =>
  recordEvents<ConversationEvent | ConversationFactsRetained>(
    events.map(([minute, event]) => {
      const at = new Date(Date.parse('2026-03-02T00:00:00.000Z') + minute * 60_000).toISOString();
      return [event, { stream: 'conversation-c.2', at }] as const;
    }),
  );
const documentOf = (events: ReturnType<typeof life>) =>
  projectedDocuments(conversationFactsProjection, events).get('c.2');
const minutes = (count: number): number => count * 60_000;

const whole = life(
  [0, opened('message')],
  [0, received('m1')],
  [2, assigned('ann')],
  [3, replied('r0', { answers: false, writtenBy: 'autoresponder' })],
  [4, replied('b1', { answers: true, writtenBy: 'bot' })],
  [10, replied('r1')],
  [10, answered('r1')],
  [30, received('m2')],
  [35, replied('r2')],
  [35, answered('r2')],
  [1_500, closed({ categoryId: 'billing' })],
);
const facts: ConversationFacts = {
  channelId: 'shop',
  medium: 'custom',
  openedOn: '2026-03-02',
  openedBy: 'message',
  closedOn: '2026-03-03',
  closedBy: 'user',
  categoryId: 'billing',
  messages: 2,
  responses: 2,
  botResponses: 1,
  firstAssignmentMs: minutes(2),
  firstResponseMs: minutes(10),
  resolutionMs: minutes(1_500),
  waitingMs: minutes(15),
};

describe('the facts of a conversation', () => {
  it('HIS-6: are days, durations and counts', () => {
    expect(documentOf(whole)).toMatchObject({ facts, growing: { contactId: 'c' } });
  });

  it('HIS-6: a wait goes on when its answer did not arrive, and ends with the conversation', () => {
    const failed = life(
      [0, opened('message')],
      [0, received('m1')],
      [10, replied('r1')],
      [10, answered('r1')],
      [20, resumed('r1')],
      [30, closed({})],
    );
    expect(documentOf(failed)).toMatchObject({ facts: { waitingMs: minutes(30), responses: 1 } });
  });

  it('HIS-6: whom we write to first does not wait', () => {
    const asked = life([0, opened('user')], [5, replied('r1')]);
    const nobodyWaited = { firstResponseMs: null, waitingMs: 0, responses: 1, closedOn: null };
    expect(documentOf(asked)).toMatchObject({ facts: nobodyWaited });
  });

  it('DEL-6: count the same when only the retained ones are left', async () => {
    const retained = recordEvents<ConversationFactsRetained>([
      { type: 'ConversationFactsRetained', data: { factsId: 'f', facts } },
    ]);
    const sums = (events: Parameters<typeof projectedDocuments>[1]) => {
      const documents = [...projectedDocuments(conversationFactsProjection, events)];
      const here = () => Promise.resolve(0);
      const models = readInMemory(() => documents.map(([_id, body]) => ({ ...body, _id, _at: 0 })), {
        position: here,
        waitFor: here,
      });
      return sumsByDay(models, { from: '2026-03-01', to: '2026-03-31', channelId: 'shop' });
    };
    const before = await sums(whole);
    const nothing = { count: 0, totalMs: 0 };
    expect(before).toStrictEqual([
      {
        day: '2026-03-02',
        opened: 1,
        messages: 2,
        responses: 2,
        botResponses: 1,
        firstAssignment: { count: 1, totalMs: minutes(2) },
        firstResponse: { count: 1, totalMs: minutes(10) },
        waiting: { count: 1, totalMs: minutes(15) },
        closed: 0,
        resolution: nothing,
      },
      {
        day: '2026-03-03',
        opened: 0,
        messages: 0,
        responses: 0,
        botResponses: 0,
        firstAssignment: nothing,
        firstResponse: nothing,
        waiting: nothing,
        closed: 1,
        resolution: { count: 1, totalMs: minutes(1_500) },
      },
    ]);
    expect(await sums(retained)).toStrictEqual(before);
  });
});
