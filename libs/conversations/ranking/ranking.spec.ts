import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import { rankingDecider } from './decide.js';
import type { RankingCommand } from './decide.js';
import { rankingEvents } from './events.js';
import type { RankingEvent } from './events.js';

const { given } = scenariosOf(rankingDecider);
const header = commandHeader({ actor: { id: 'when-ranking-changes-then-rank-the-open', role: 'workflow' } });
const part = (from: number, to: number): RankingCommand => ({
  ...header,
  type: 'RecordOpenRanked',
  version: 'e1',
  from,
  to,
});
const ranked = (from: number, to: number): RankingEvent => ({
  type: 'OpenConversationsRanked',
  data: { version: 'e1', from, to },
});
const putIntoEffect: RankingCommand = { ...header, type: 'PutRankingIntoEffect', version: 'e1' };
const tookEffect: RankingEvent = { type: 'QueueRankingTookEffect', data: { version: 'e1' } };

describe('the computation of an order', () => {
  it('ASG-9: records each part once, in order', () => {
    given([])
      .when(part(0, 100))
      .then([ranked(0, 100)]);
    given([ranked(0, 100)])
      .when(part(0, 100))
      .then([]);
    given([ranked(0, 100)])
      .when(part(200, 256))
      .then([]);
    given([ranked(0, 100)])
      .when(part(100, 256))
      .then([ranked(100, 256)]);
  });

  it('ASG-9: takes effect once, and not before the last part', () => {
    given([ranked(0, 100)])
      .when(putIntoEffect)
      .then([]);
    given([ranked(0, 100), ranked(100, 256)])
      .when(putIntoEffect)
      .then([tookEffect]);
    given([ranked(0, 256), tookEffect])
      .when(putIntoEffect)
      .then([]);
  });

  const place = fc.constantFrom(0, 100, 256);
  testDeciderProperties({
    decider: rankingDecider,
    definitions: rankingEvents.definitions,
    commands: fc.oneof(
      fc.tuple(place, place).map(([from, to]) => part(from, to)),
      fc.constant(putIntoEffect),
    ),
  });
  testGoldenEvents(import.meta.dirname, rankingEvents.definitions);
});
