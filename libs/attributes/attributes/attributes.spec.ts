import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordEvents, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { AttributesCommand, ChangeAttribute, DefineAttribute } from './commands.js';
import { attributesDecider } from './decide.js';
import { attributeDirectory } from './directory.js';
import { attributeFormats, attributesEvents } from './events.js';
import type { AttributesEvent } from './events.js';
import { findAttribute, vipEnabled } from './lookup.js';

const { given } = scenariosOf(attributesDecider);
const header = {
  commandId: 'command-1',
  commandHash: 'hash-1',
  correlationId: 'request-1',
  causationId: 'command-1',
  actor: { id: 'grace', role: 'admin' },
  at: '2026-11-21T09:30:00.000Z',
} as const;

const define = (data: Partial<DefineAttribute> = {}): DefineAttribute => ({
  ...header,
  type: 'DefineAttribute',
  alias: 'tier',
  label: 'Tier',
  format: 'text',
  repeatable: false,
  options: [],
  ...data,
});
const change = (name: string, data: Partial<ChangeAttribute>): ChangeAttribute => ({
  ...header,
  type: 'ChangeAttribute',
  name,
  label: undefined,
  enabled: undefined,
  ...data,
});
const defined = (
  data: Partial<Extract<AttributesEvent, { type: 'AttributeDefined' }>['data']> = {},
): AttributesEvent => ({
  type: 'AttributeDefined',
  data: { alias: 'tier', label: 'Tier', format: 'text', repeatable: false, ...data },
});
const gold = { optionId: 'gold', label: 'Gold' };
const silver = { optionId: 'silver', label: 'Silver' };
const optionAdded = (option: typeof gold): AttributesEvent => ({
  type: 'AttributeOptionAdded',
  data: { alias: 'tier', ...option },
});

describe('defining a custom attribute', () => {
  it('ATT-1: records alias, label and format', () => {
    given([]).when(define()).then([defined()]);
  });

  it('ATT-1: is refused under an alias that is taken, also by a standard one', () => {
    given([defined()])
      .when(define({ label: 'Other' }))
      .then({ code: 'alias-taken', alias: 'tier' });
    given([])
      .when(define({ alias: 'vip' }))
      .then({ code: 'alias-taken', alias: 'vip' });
  });

  it('ATT-1: may have the alias of a platform attribute, which belongs to its medium', () => {
    given([])
      .when(define({ alias: 'phone', format: 'phone' }))
      .then([defined({ alias: 'phone', format: 'phone' })]);
  });

  it('ATT-2: a dropdown has two or more options, all different', () => {
    given([])
      .when(define({ format: 'dropdown', options: [gold, silver] }))
      .then([defined({ format: 'dropdown' }), optionAdded(gold), optionAdded(silver)]);
    given([])
      .when(define({ format: 'dropdown', options: [gold] }))
      .then({ code: 'options-needed' });
    given([])
      .when(define({ format: 'dropdown', options: [gold, gold] }))
      .then({ code: 'options-not-distinct' });
    given([])
      .when(define({ options: [gold, silver] }))
      .then({ code: 'options-not-taken' });
  });

  it('ATT-2: only text-like ones are repeatable', () => {
    given([])
      .when(define({ format: 'email', repeatable: true }))
      .then([defined({ format: 'email', repeatable: true })]);
    given([])
      .when(define({ format: 'boolean', repeatable: true }))
      .then({ code: 'not-repeatable' });
  });
});

describe('changing an attribute', () => {
  it('ATT-1: records what is another than before', () => {
    given([defined()])
      .when(change('tier', { label: 'Level', enabled: false }))
      .then([
        { type: 'AttributeRelabelled', data: { alias: 'tier', label: 'Level' } },
        { type: 'AttributeDisabled', data: { alias: 'tier' } },
      ]);
    given([defined()])
      .when(change('tier', { label: 'Tier', enabled: true }))
      .then([]);
  });

  it('ATT-3: switches platform attributes per medium', () => {
    given([])
      .when(change('telegram.firstName', { enabled: false }))
      .then([{ type: 'AttributeDisabled', data: { alias: 'firstName', medium: 'telegram' } }]);
  });

  it('ATT-6: VIP is on until it is switched off', () => {
    const off: AttributesEvent = { type: 'AttributeDisabled', data: { alias: 'vip' } };
    given([])
      .when(change('vip', { enabled: false }))
      .then([off]);
    expect(vipEnabled(attributeDirectory.initial)).toBe(true);
    expect(vipEnabled(recordEvents([off]).reduce(attributeDirectory.evolve, attributeDirectory.initial))).toBe(false);
  });

  it('ATT-1: is refused when there is none of that name', () => {
    given([])
      .when(change('tier', { label: 'Level' }))
      .then({ code: 'not-found' });
  });
});

describe('the directory', () => {
  it('ATT-1: holds the platform attributes of each medium, under the table’s aliases', () => {
    const byMedium = Object.groupBy(
      attributeDirectory.initial.filter(({ kind }) => kind === 'platform'),
      ({ medium }) => String(medium),
    );
    const aliases = Object.entries(byMedium).map(([medium, list]) => [medium, list?.map(({ alias }) => alias)]);
    expect(Object.fromEntries(aliases)).toStrictEqual({
      whatsapp: ['waId', 'phone', 'profileName'],
      messenger: ['psid', 'firstName', 'lastName', 'locale'],
      instagram: ['userId', 'username', 'name', 'followers', 'verified'],
      x: ['userId', 'handle', 'name', 'followers', 'verified'],
      viber: ['userId', 'name', 'language', 'country'],
      telegram: ['userId', 'username', 'firstName', 'lastName', 'language'],
      sms: ['phone'],
      email: ['address', 'displayName'],
      webchat: ['visitorId', 'page', 'locale'],
    });
  });

  it('ATT-1: has standard attributes first and new ones last', () => {
    const events = recordEvents([defined({ format: 'dropdown' }), optionAdded(gold), optionAdded(silver)]);
    const catalogue = events.reduce(attributeDirectory.evolve, attributeDirectory.initial);
    expect(catalogue.slice(0, 2).map(({ alias, kind }) => [alias, kind])).toStrictEqual([
      ['vip', 'standard'],
      ['language', 'standard'],
    ]);
    expect(catalogue.at(-1)).toStrictEqual({
      alias: 'tier',
      kind: 'custom',
      label: 'Tier',
      format: 'dropdown',
      repeatable: false,
      enabled: true,
      options: [gold, silver],
    });
  });

  it('ATT-1: finds an own attribute before a platform one of the same alias', () => {
    const own = defined({ alias: 'phone', format: 'phone' });
    const catalogue = recordEvents([own]).reduce(attributeDirectory.evolve, attributeDirectory.initial);
    expect(findAttribute(catalogue, 'phone')?.kind).toBe('custom');
    expect(findAttribute(catalogue, 'sms.phone')).toMatchObject({ kind: 'platform', medium: 'sms', alias: 'phone' });
    expect(findAttribute(catalogue, 'waId')).toMatchObject({ kind: 'platform', medium: 'whatsapp' });
    expect(findAttribute(catalogue, 'viber.phone')).toBeUndefined();
  });
});

describe('every attribute command and event', () => {
  const names = fc.constantFrom('tier', 'vip', 'phone', 'whatsapp.phone');
  const labels = fc.constantFrom('a', 'b');
  const commands: fc.Arbitrary<AttributesCommand> = fc.oneof(
    fc
      .record({
        alias: names,
        label: labels,
        format: fc.constantFrom(...attributeFormats),
        repeatable: fc.boolean(),
        options: fc.subarray([gold, silver]),
      })
      .map(define),
    fc
      .tuple(
        names,
        fc.record({
          label: fc.option(labels, { nil: undefined }),
          enabled: fc.option(fc.boolean(), { nil: undefined }),
        }),
      )
      .map(([name, data]) => change(name, data)),
  );
  testDeciderProperties({ decider: attributesDecider, definitions: attributesEvents.definitions, commands });
  testGoldenEvents(import.meta.dirname, attributesEvents.definitions);
});
