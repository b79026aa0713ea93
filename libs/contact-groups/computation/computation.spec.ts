import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import { computationDecider } from './decide.js';
import type { RecordMembersFound } from './decide.js';
import { computationEvents } from './events.js';

const { given } = scenariosOf(computationDecider);
const header = commandHeader({ actor: { id: 'find-group-members', role: 'workflow' } });
const part = (after: string | null, upTo: string): RecordMembersFound => ({
  ...header,
  type: 'RecordMembersFound',
  groupId: 'g1',
  version: 2,
  contactIds: [upTo],
  checked: 3,
  upTo,
  after,
});
const found = (upTo: string) =>
  ({
    type: 'ContactGroupMembersFound',
    data: { groupId: 'g1', version: 2, contactIds: [upTo], checked: 3, upTo },
  }) as const;

describe('the search for members', () => {
  it('CON-7: records each part once, in order', () => {
    given([])
      .when(part(null, 'c'))
      .then([found('c')]);
    given([found('c')])
      .when(part(null, 'c'))
      .then([]);
    given([found('c')])
      .when(part('c', 'f'))
      .then([found('f')]);
    given([found('c')])
      .when(part('f', 'k'))
      .then([]);
  });

  const id = fc.constantFrom('c', 'f', 'k');
  testDeciderProperties({
    decider: computationDecider,
    definitions: computationEvents.definitions,
    commands: fc
      .tuple(fc.option(id), id)
      .filter(([after, upTo]) => after !== upTo)
      .map(([after, upTo]) => part(after, upTo)),
  });
  testGoldenEvents(import.meta.dirname, computationEvents.definitions);
});
