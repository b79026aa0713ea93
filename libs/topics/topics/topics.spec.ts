import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { ChangeTopic, CreateTopic } from './commands.js';
import { topicsDecider } from './decide.js';
import { topicsEvents } from './events.js';
import type { TopicsEvent } from './events.js';
import { evolve, initial } from './state.js';

const { given } = scenariosOf(topicsDecider);
const header = commandHeader({ actor: { id: 'adam', role: 'admin' }, at: '2026-03-02T10:00:00.000Z' });
const create = (topicId: string, name: string): CreateTopic => ({
  ...header,
  type: 'CreateTopic',
  topicId,
  name,
  colour: '#ff8800',
});
const unchanged = { name: undefined, colour: undefined, archived: undefined };
const change = (topicId: string, wanted: Partial<ChangeTopic>): ChangeTopic => ({
  ...header,
  type: 'ChangeTopic',
  topicId,
  ...unchanged,
  ...wanted,
});
const created = (topicId: string, name: string): TopicsEvent => ({
  type: 'TopicCreated',
  data: { topicId, name, colour: '#ff8800' },
});
const archived: TopicsEvent = { type: 'TopicArchived', data: { topicId: 't1' } };

describe('topics', () => {
  it('CNV-7: are created with name and colour', () => {
    given([])
      .when(create('t1', 'Refund'))
      .then([created('t1', 'Refund')]);
  });

  it('CNV-7: do not read alike, as long as they can be set', () => {
    given([created('t1', 'Refund')])
      .when(create('t2', 'REFUND'))
      .then({ code: 'topic-exists', topicId: 't1' });
    given([created('t1', 'Refund'), archived])
      .when(create('t2', 'refund'))
      .then([created('t2', 'refund')]);
    given([created('t1', 'Refund'), archived, created('t2', 'refund')])
      .when(change('t1', { archived: false }))
      .then({ code: 'topic-exists', topicId: 't2' });
  });

  it('CNV-7: change name, colour and place on the shelf, each by an event of its own', () => {
    given([created('t1', 'Refund')])
      .when(change('t1', { name: 'Money back', colour: '#00ff00', archived: true }))
      .then([
        { type: 'TopicRenamed', data: { topicId: 't1', name: 'Money back' } },
        { type: 'TopicRecoloured', data: { topicId: 't1', colour: '#00ff00' } },
        archived,
      ]);
    given([created('t1', 'Refund'), archived])
      .when(change('t1', { archived: false }))
      .then([{ type: 'TopicRestored', data: { topicId: 't1' } }]);
    given([created('t1', 'Refund')])
      .when(change('t1', { name: 'Refund' }))
      .then([]);
    given([])
      .when(change('t9', { name: 'x' }))
      .then({ code: 'not-found' });
  });

  it('CNV-7: an archived one is known, so that conversations can show it', () => {
    const topics = [created('t1', 'Refund'), archived].reduce(evolve, initial);
    expect(topics.get('t1')).toEqual({ topicId: 't1', name: 'Refund', colour: '#ff8800', archived: true });
  });
});

describe('always', () => {
  const id = fc.constantFrom('a', 'b', 'c');
  const name = fc.constantFrom('Refund', 'refund', 'Delay');
  testDeciderProperties({
    decider: topicsDecider,
    definitions: topicsEvents.definitions,
    commands: fc.oneof(
      fc.tuple(id, name).map(([topicId, text]) => create(topicId, text)),
      fc
        .tuple(id, name, fc.boolean())
        .map(([topicId, text, shelved]) => change(topicId, { name: text, archived: shelved })),
    ),
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, topicsEvents.definitions);
});
