import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { PriorityCommand } from './commands.js';
import { priorityDecider } from './decide.js';
import { priorityEvents } from './events.js';
import type { PriorityEvent, ScoreTerms } from './events.js';
import { matchingScores, rankKey } from './rank.js';

const { given } = scenariosOf(priorityDecider);
const header = commandHeader();
const add = (scoreId: string, points: number, terms: ScoreTerms): PriorityCommand => ({
  ...header,
  type: 'AddPriorityScore',
  scoreId,
  name: undefined,
  points,
  terms,
  knownGroups: new Set(['vip', 'gold']),
  knownTopics: new Set(['returns']),
  knownChannels: new Set(['shop']),
});
const set = (scoreId: string, points: number): PriorityCommand => ({
  ...header,
  type: 'SetPriorityPoints',
  scoreId,
  points,
});
const archive = (scoreId: string): PriorityCommand => ({ ...header, type: 'ArchivePriorityScore', scoreId });
const added = (scoreId: string, points: number, terms: ScoreTerms): PriorityEvent => ({
  type: 'PriorityScoreAdded',
  data: { scoreId, points, ...terms },
});
const archived = (scoreId: string): PriorityEvent => ({ type: 'PriorityScoreArchived', data: { scoreId } });
const vip = added('a', 10, { group: 'vip' });

describe('the scores', () => {
  it('ASG-9: are added with what earns the points, which has to be there', () => {
    given([])
      .when(add('a', 10, { group: 'vip' }))
      .then([vip]);
    given([vip])
      .when(add('a', 10, { group: 'vip' }))
      .then([]);
    given([])
      .when(add('a', 10, {}))
      .then({ code: 'terms-needed' });
    given([])
      .when(add('a', 10, { group: 'tin' }))
      .then({ code: 'unknown-group', groupId: 'tin' });
    given([])
      .when(add('a', 10, { topicId: 'joy' }))
      .then({ code: 'unknown-topic', topicId: 'joy' });
    given([])
      .when(add('a', 10, { channelId: 'fax' }))
      .then({ code: 'unknown-channel', channelId: 'fax' });
  });

  it('ASG-9: get other points, or earn nothing any more', () => {
    given([vip])
      .when(set('a', 20))
      .then([{ type: 'PriorityPointsSet', data: { scoreId: 'a', points: 20 } }]);
    given([vip]).when(set('a', 10)).then([]);
    given([vip])
      .when(archive('a'))
      .then([archived('a')]);
    given([vip, archived('a')])
      .when(archive('a'))
      .then([]);
    given([vip, archived('a')])
      .when(set('a', 20))
      .then({ code: 'not-found' });
    given([]).when(archive('a')).then({ code: 'not-found' });
  });

  it('ASG-9: add up where all of their terms hold', () => {
    const events = [
      vip,
      added('b', 5, { group: 'vip', channelId: 'shop' }),
      added('c', 7, { topicId: 't' }),
      archived('c'),
    ];
    const scores = events.reduce(priorityDecider.evolve, priorityDecider.initial);
    const of = (groups: readonly string[], channelId: string) =>
      matchingScores(scores, { groups, topics: ['t'], channelId }).map(({ scoreId }) => scoreId);
    expect(of(['vip'], 'shop')).toStrictEqual(['a', 'b']);
    expect(of(['vip'], 'desk')).toStrictEqual(['a']);
    expect(of([], 'shop')).toStrictEqual([]);
  });

  const id = fc.constantFrom('a', 'b');
  testDeciderProperties({
    decider: priorityDecider,
    definitions: priorityEvents.definitions,
    commands: fc.oneof(
      fc
        .tuple(id, fc.integer(), fc.constantFrom({ group: 'vip' }, {}))
        .map(([scoreId, points, terms]) => add(scoreId, points, terms)),
      fc.tuple(id, fc.integer()).map(([scoreId, points]) => set(scoreId, points)),
      id.map(archive),
    ),
  });
});

describe('the order', () => {
  const second = 1_000;
  const start = Date.parse('2026-03-02T09:00:00.000Z');
  const entry = fc.record({
    score: fc.integer({ min: -1_000, max: 1_000 }),
    waited: fc.option(fc.nat(100_000)),
    id: fc.uuid(),
  });
  const keyOf = ({ score, waited }: { score: number; waited: number | null }, weight: number) =>
    rankKey(score, waited === null ? null : new Date(start - waited * second).toISOString(), weight);
  const compare = (one: ReturnType<typeof keyOf>, other: ReturnType<typeof keyOf>): number =>
    Math.sign(one.first - other.first || one.second - other.second);

  it('ASG-9: is by score, then by who waits longest, when waiting has no weight', () => {
    fc.assert(
      fc.property(entry, entry, (one, other) => {
        const byScore = other.score - one.score;
        const byWaiting = (other.waited ?? -1) - (one.waited ?? -1);
        expect(compare(keyOf(one, 0), keyOf(other, 0))).toBe(Math.sign(byScore || byWaiting));
      }),
    );
  });

  it('ASG-9: with weight, is that of the points at whatever time one looks', () => {
    const weight = fc.constantFrom(0.001, 0.5, 3, 100_000);
    const later = fc.nat(1_000_000);
    fc.assert(
      fc.property(entry, entry, weight, later, (one, other, pointsPerMinute, seconds) => {
        if (one.waited === null || other.waited === null) return;
        const points = ({ score, waited }: { score: number; waited: number | null }): number =>
          score + (((waited ?? 0) + seconds) / 60) * pointsPerMinute;
        const difference = points(other) - points(one);
        // Closer than this, the sums of the test itself are not exact.
        if (Math.abs(difference) < 1e-3) return;
        expect(compare(keyOf(one, pointsPerMinute), keyOf(other, pointsPerMinute))).toBe(Math.sign(difference));
      }),
    );
  });

  it('ASG-9: with weight, puts who waits before who does not, and these by score', () => {
    const waits = keyOf({ score: -1_000, waited: 0 }, 3);
    const [high, low] = [keyOf({ score: 9, waited: null }, 3), keyOf({ score: 1, waited: null }, 3)];
    expect([compare(waits, high), compare(high, low)]).toStrictEqual([-1, -1]);
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, priorityEvents.definitions);
});
