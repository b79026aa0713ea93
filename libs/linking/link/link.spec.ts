import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import { linkDecider } from './decide.js';
import type { LinkCommand } from './decide.js';
import { linkEvents, linkStream } from './events.js';
import type { LinkEvent } from './events.js';

const { given } = scenariosOf(linkDecider);
const header = commandHeader({ actor: { id: 'ann', role: 'agent' } });
const pair = { contactId: 'ada', otherId: 'bob' };
const command = (type: LinkCommand['type'], data: Partial<LinkCommand> = {}): LinkCommand => ({
  ...header,
  ...pair,
  seesBoth: true,
  ...data,
  type,
});
const linked: LinkEvent = { type: 'ContactsLinked', data: pair };
const dissolved: LinkEvent = { type: 'LinkDissolved', data: pair };

describe('a pair of contacts', () => {
  it('LNK-4: is linked by hand, and dissolved, once each', () => {
    given([]).when(command('LinkContacts')).then([linked]);
    given([linked]).when(command('LinkContacts')).then([]);
    given([linked]).when(command('DissolveLink')).then([dissolved]);
    given([dissolved]).when(command('DissolveLink')).then([]);
    given([dissolved]).when(command('LinkContacts')).then([linked]);
  });

  it('LNK-4: is dissolved also when only values link it', () => {
    given([]).when(command('DissolveLink')).then([dissolved]);
  });

  it('ASG-6: is there for who sees both', () => {
    given([])
      .when(command('LinkContacts', { seesBoth: false }))
      .then({ code: 'not-found' });
    given([linked])
      .when(command('DissolveLink', { seesBoth: false }))
      .then({ code: 'not-found' });
  });

  it('LNK-4: is never one contact', () => {
    given([])
      .when(command('LinkContacts', { otherId: 'ada' }))
      .then({ code: 'link-to-itself' });
  });

  it('LNK-4: has one stream, whoever is named first', () => {
    expect(linkStream('bob', 'ada')).toBe(linkStream('ada', 'bob'));
  });
});

describe('every link command and event', () => {
  const commands = fc
    .record({ type: fc.constantFrom('LinkContacts' as const, 'DissolveLink' as const), seesBoth: fc.boolean() })
    .map(({ type, seesBoth }) => command(type, { seesBoth }));
  testDeciderProperties({ decider: linkDecider, definitions: linkEvents.definitions, commands });
  testGoldenEvents(import.meta.dirname, linkEvents.definitions);
});
