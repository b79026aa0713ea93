import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributeDirectory } from '#attributes/attributes';
import {
  commandHeader,
  recordEvents,
  scenariosOf,
  testDeciderProperties,
  testGoldenEvents,
} from '#event-sourcing-testing';
import type { ChangeSettings } from './commands.js';
import { settingsDecider } from './decide.js';
import { settingsDirectory } from './directory.js';
import { settingsEvents } from './events.js';
import type { SettingsEvent } from './events.js';

const { given } = scenariosOf(settingsDecider);
const change = (changes: ChangeSettings['changes']): ChangeSettings => ({
  ...commandHeader(),
  type: 'ChangeSettings',
  changes,
  catalogue: attributeDirectory.initial,
});
const enabled: SettingsEvent = { type: 'OfflineUnassignmentEnabled', data: {} };
const limit = (maxOpen: number): SettingsEvent => ({ type: 'AgentLimitSet', data: { maxOpen } });
const weight = (pointsPerMinute: number): SettingsEvent => ({ type: 'WaitingWeightSet', data: { pointsPerMinute } });

describe('the settings', () => {
  it('ASG-3, ASG-5, ASG-9: begin without offline rule, limit and weight of waiting', () => {
    expect(settingsDirectory.initial).toStrictEqual({
      removeAssignmentWhenOffline: false,
      maxOpenPerAgent: null,
      waitingPointsPerMinute: 0,
      matchingAttribute: null,
      linkPlaceholders: ['n/a', 'na', 'none', 'null', 'unknown', 'anonymous', 'no name', 'test', '-'],
      deletionReasons: [],
    });
  });

  it('ASG-3, ASG-5, ASG-9: record one event for each setting that becomes another one', () => {
    given([])
      .when(change({ removeAssignmentWhenOffline: true, maxOpenPerAgent: 5, waitingPointsPerMinute: 0.5 }))
      .then([enabled, limit(5), weight(0.5)]);
    given([enabled, limit(5), weight(0.5)])
      .when(change({ removeAssignmentWhenOffline: true, maxOpenPerAgent: 6, waitingPointsPerMinute: 0.5 }))
      .then([limit(6)]);
    given([enabled]).when(change({})).then([]);
  });

  it('LNK-2: choose the attribute by which contacts are linked, or none', () => {
    const chosen: SettingsEvent = { type: 'MatchingAttributeChosen', data: { name: 'phone' } };
    given([])
      .when(change({ matchingAttribute: 'phone' }))
      .then([chosen]);
    given([chosen])
      .when(change({ matchingAttribute: null }))
      .then([{ type: 'MatchingAttributeChosen', data: {} }]);
    for (const name of ['vip', 'language', 'shoeSize']) {
      given([])
        .when(change({ matchingAttribute: name }))
        .then({ code: 'not-a-matching-attribute', name });
    }
  });

  it('LNK-6: choose the values that link nobody', () => {
    given([])
      .when(change({ linkPlaceholders: ['n/a'] }))
      .then([{ type: 'LinkPlaceholdersChosen', data: { values: ['n/a'] } }]);
  });

  it('DEL-1: choose reasons for deletions of their own', () => {
    const chosen: SettingsEvent = { type: 'DeletionReasonsChosen', data: { codes: ['test-data'] } };
    given([])
      .when(change({ deletionReasons: ['test-data'] }))
      .then([chosen]);
    given([chosen])
      .when(change({ deletionReasons: ['test-data'] }))
      .then([]);
  });

  it('ASG-3: the offline rule is switched off again', () => {
    given([enabled])
      .when(change({ removeAssignmentWhenOffline: false }))
      .then([{ type: 'OfflineUnassignmentDisabled', data: {} }]);
  });

  it('ASG-5: the limit of open conversations is lifted again', () => {
    given([limit(5)])
      .when(change({ maxOpenPerAgent: null }))
      .then([{ type: 'AgentLimitLifted', data: {} }]);
  });

  it('ASG-9: the weight of waiting is taken away again', () => {
    given([weight(2)])
      .when(change({ waitingPointsPerMinute: 0 }))
      .then([weight(0)]);
  });

  it('ASG-3, ASG-5, ASG-9: stand in memory as they are now', () => {
    const events = recordEvents([enabled, limit(5), weight(2), { type: 'AgentLimitLifted', data: {} } as const]);
    expect(events.reduce(settingsDirectory.evolve, settingsDirectory.initial)).toStrictEqual({
      ...settingsDirectory.initial,
      removeAssignmentWhenOffline: true,
      maxOpenPerAgent: null,
      waitingPointsPerMinute: 2,
    });
  });

  testDeciderProperties({
    decider: settingsDecider,
    definitions: settingsEvents.definitions,
    commands: fc
      .record(
        {
          removeAssignmentWhenOffline: fc.boolean(),
          maxOpenPerAgent: fc.option(fc.nat(20)),
          waitingPointsPerMinute: fc.nat(5),
        },
        { requiredKeys: [] },
      )
      .map(change),
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, settingsEvents.definitions);
});
