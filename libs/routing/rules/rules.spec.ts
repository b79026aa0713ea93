import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributeDirectory } from '#attributes/attributes';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { GivenTerms, RoutingCommand } from './commands.js';
import { routingDecider } from './decide.js';
import { routingEvents } from './events.js';
import type { RoutingEvent, RoutingTarget, RoutingTerms } from './events.js';
import { firstMatch } from './match.js';
import type { RoutingFacts } from './match.js';

const { given } = scenariosOf(routingDecider);
const header = commandHeader();
const nameable = {
  channels: new Set(['shop', 'desk']),
  groups: new Set(['vip', 'gold']),
  topics: new Set(['refund']),
  users: new Set(['ann']),
  teams: new Set(['returns']),
  conditions: { catalogue: attributeDirectory.initial, channelIds: new Set(['shop', 'desk']) },
};
const toAnn: RoutingTarget = { userId: 'ann' };
const toReturns: RoutingTarget = { teamId: 'returns', pick: 'roundRobin' };

const add = (ruleId: string, when: GivenTerms, to: RoutingTarget): RoutingCommand => ({
  ...header,
  type: 'AddRoutingRule',
  ruleId,
  name: undefined,
  when,
  to,
  nameable,
});
const change = (
  ruleId: string,
  { name, when, to }: { readonly name?: string; readonly when?: GivenTerms; readonly to?: RoutingTarget },
): RoutingCommand => ({ ...header, type: 'ChangeRoutingRule', ruleId, name, when, to, nameable });
const reorder = (...ruleIds: string[]): RoutingCommand => ({ ...header, type: 'ReorderRoutingRules', ruleIds });
const archive = (ruleId: string): RoutingCommand => ({ ...header, type: 'ArchiveRoutingRule', ruleId });
const added = (ruleId: string, when: RoutingTerms, to: RoutingTarget = toAnn): RoutingEvent => ({
  type: 'RoutingRuleAdded',
  data: { ruleId, when, to },
});
const archived = (ruleId: string): RoutingEvent => ({ type: 'RoutingRuleArchived', data: { ruleId } });
const reordered = (...ruleIds: string[]): RoutingEvent => ({ type: 'RoutingRulesReordered', data: { ruleIds } });
const spoken = { alias: 'language', operator: 'is', value: 'nl' } as const;
const anyone = added('a', {});

describe('the routing rules', () => {
  it('ASG-7: are added with what they match and whom they give to, which has to be there', () => {
    const when = { channelId: 'shop', group: 'vip', topicId: 'refund', language: 'nl' };
    given([])
      .when(add('a', when, toReturns))
      .then([added('a', when, toReturns)]);
    given([])
      .when(add('a', { attribute: spoken }, toAnn))
      .then([added('a', { attribute: { field: 'attribute.language', operator: 'is', value: 'nl' } })]);
    given([anyone])
      .when(add('a', {}, toAnn))
      .then([]);
    const refused: readonly (readonly [GivenTerms, RoutingTarget, object])[] = [
      [{ channelId: 'fax' }, toAnn, { code: 'unknown-channel', channelId: 'fax' }],
      [{ group: 'tin' }, toAnn, { code: 'unknown-group', groupId: 'tin' }],
      [{ topicId: 'joy' }, toAnn, { code: 'unknown-topic', topicId: 'joy' }],
      [{}, { userId: 'zoe' }, { code: 'unknown-user', userId: 'zoe' }],
      [{}, { teamId: 'chess' }, { code: 'unknown-team', teamId: 'chess' }],
      [
        { attribute: { ...spoken, alias: 'shoe' } },
        toAnn,
        { code: 'condition-misfit', pointer: '/when/attribute/alias', reason: 'unknown-field' },
      ],
    ];
    for (const [terms, to, refusal] of refused) {
      given([])
        .when(add('a', terms, to))
        .then(refusal as never);
      given([anyone])
        .when(change('a', { when: terms, to }))
        .then(refusal as never);
    }
  });

  it('ASG-7: change in what is named', () => {
    given([anyone])
      .when(change('a', { name: 'All', when: { channelId: 'shop' }, to: toReturns }))
      .then([
        { type: 'RoutingRuleRenamed', data: { ruleId: 'a', name: 'All' } },
        { type: 'RoutingTermsChanged', data: { ruleId: 'a', when: { channelId: 'shop' } } },
        { type: 'RoutingTargetChanged', data: { ruleId: 'a', to: toReturns } },
      ]);
    given([anyone])
      .when(change('a', { when: {}, to: toAnn }))
      .then([]);
    given([]).when(change('a', {})).then({ code: 'not-found' });
    given([anyone, archived('a')])
      .when(change('a', {}))
      .then({ code: 'not-found' });
  });

  it('ASG-7: stand in an order; those not named follow as they stood', () => {
    const three = [anyone, added('b', {}), added('c', {})] as const;
    given([...three])
      .when(reorder('c'))
      .then([reordered('c')]);
    given([...three, reordered('c')])
      .when(reorder('c', 'a'))
      .then([]);
    given([...three])
      .when(reorder('d'))
      .then({ code: 'order-unknown-rule', ruleId: 'd' });
    given([...three])
      .when(reorder('a', 'a'))
      .then({ code: 'order-not-distinct' });
    const rules = [...three, reordered('c')].reduce(routingDecider.evolve, routingDecider.initial);
    expect(rules.map(({ ruleId }) => ruleId)).toStrictEqual(['c', 'a', 'b']);
  });

  it('ASG-7: are archived once', () => {
    given([anyone])
      .when(archive('a'))
      .then([archived('a')]);
    given([anyone, archived('a')])
      .when(archive('a'))
      .then([]);
    given([]).when(archive('a')).then({ code: 'not-found' });
  });

  const id = fc.constantFrom('a', 'b');
  const terms = fc.constantFrom<GivenTerms>({}, { channelId: 'shop' }, { channelId: 'fax' });
  const to = fc.constantFrom<RoutingTarget>(toAnn, toReturns, { userId: 'zoe' });
  testDeciderProperties({
    decider: routingDecider,
    definitions: routingEvents.definitions,
    commands: fc.oneof(
      fc.tuple(id, terms, to).map(([ruleId, when, whom]) => add(ruleId, when, whom)),
      fc.tuple(id, terms, to).map(([ruleId, when, whom]) => change(ruleId, { when, to: whom })),
      fc.array(id, { maxLength: 3 }).map((ids) => reorder(...ids)),
      id.map(archive),
    ),
  });
});

describe('the rule that matches', () => {
  const facts: RoutingFacts = {
    channelId: 'shop',
    topicIds: ['refund'],
    groups: ['vip'],
    contact: {
      values: [
        { alias: 'language', medium: null, value: 'nl-BE' },
        { alias: 'tier', medium: null, value: 'gold' },
      ],
      channelIds: ['shop'],
      media: ['custom'],
      vip: true,
      blocked: false,
    },
    circumstances: { day: '2026-11-21', vipEnabled: true },
    businessHours: 'open',
  };
  const found = (...events: RoutingEvent[]) =>
    firstMatch(events.reduce(routingDecider.evolve, routingDecider.initial), facts)?.ruleId;
  const tier = (value: string): RoutingTerms => ({ attribute: { field: 'attribute.tier', operator: 'is', value } });

  it.each<readonly [string, RoutingTerms, boolean]>([
    ['the channel', { channelId: 'shop' }, true],
    ['another channel', { channelId: 'desk' }, false],
    ['a group of the contact', { group: 'vip' }, true],
    ['another group', { group: 'gold' }, false],
    ['a topic that it has', { topicId: 'refund' }, true],
    ['another topic', { topicId: 'joy' }, false],
    ['what an attribute is', tier('gold'), true],
    ['what an attribute is not', tier('tin'), false],
    ['the language', { language: 'NL' }, true],
    ['the very language', { language: 'nl-BE' }, true],
    ['a narrower language', { language: 'nl-BE-1996' }, false],
    ['a language that begins alike', { language: 'n' }, false],
    ['business hours', { businessHours: 'open' }, true],
    ['the time when nobody is there', { businessHours: 'closed' }, false],
    ['all that is named', { channelId: 'shop', group: 'gold' }, false],
    ['nothing at all', {}, true],
  ])('ASG-7: asks for %s', (_what, when, matches) => {
    expect(found(added('a', when))).toBe(matches ? 'a' : undefined);
  });

  it('ASG-7: is the first in their order that is not archived', () => {
    expect(found(added('a', { group: 'gold' }), added('b', {}), added('c', {}))).toBe('b');
    expect(found(anyone, added('b', {}), reordered('b'))).toBe('b');
    expect(found(anyone, added('b', {}), archived('a'))).toBe('b');
    expect(found()).toBeUndefined();
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, routingEvents.definitions);
});
