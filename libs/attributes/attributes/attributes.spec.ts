import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordEvents, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { AttributesCommand, ChangeAttribute, DefineAttribute } from './commands.js';
import { attributesDecider } from './decide.js';
import { attributeDirectory } from './directory.js';
import { attributeFormats, attributesEvents } from './events.js';
import type { AttributesEvent } from './events.js';
import { findAttribute, vipEnabled } from './lookup.js';
import { retentionOf } from './retention.js';
import { nameOf } from './state.js';

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
  lookup: undefined,
  managed: undefined,
  retention: undefined,
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

describe('the options of a dropdown', () => {
  const add = (option: typeof gold, alias = 'tier'): AttributesCommand => ({
    ...header,
    type: 'AddAttributeOption',
    alias,
    ...option,
  });
  const retire = (optionId: string): AttributesCommand => ({
    ...header,
    type: 'RetireAttributeOption',
    alias: 'tier',
    optionId,
  });
  const retired: AttributesEvent = { type: 'AttributeOptionRetired', data: { alias: 'tier', optionId: 'gold' } };
  const dropdown = [defined({ format: 'dropdown' }), optionAdded(gold), optionAdded(silver)];

  it('ATT-2: more can be added; an id stands for one option for good', () => {
    given(dropdown.slice(0, 2))
      .when(add(silver))
      .then([optionAdded(silver)]);
    given(dropdown).when(add(silver)).then([]);
    given(dropdown)
      .when(add({ ...silver, label: 'Tin' }))
      .then({ code: 'option-taken', optionId: 'silver' });
    given([defined()]).when(add(gold)).then({ code: 'options-not-taken' });
    given([]).when(add(gold)).then({ code: 'not-found' });
  });

  it('ATT-2: one that is retired can be chosen no more, until it is taken back', () => {
    given(dropdown).when(retire('gold')).then([retired]);
    given([...dropdown, retired])
      .when(retire('gold'))
      .then([]);
    given(dropdown).when(retire('tin')).then({ code: 'unknown-option', optionId: 'tin' });
    given([...dropdown, retired])
      .when(add(gold))
      .then([optionAdded(gold)]);
    const options = (events: readonly AttributesEvent[]) =>
      recordEvents(events).reduce(attributeDirectory.evolve, attributeDirectory.initial).at(-1)?.options;
    expect(options([...dropdown, retired])).toStrictEqual([
      { ...gold, retired: true },
      { ...silver, retired: false },
    ]);
    expect(options([...dropdown, retired, optionAdded(gold)])?.[0]).toStrictEqual({ ...gold, retired: false });
  });
});

describe('the order', () => {
  const reorder = (...names: string[]): AttributesCommand => ({ ...header, type: 'ReorderAttributes', names });
  const reordered = (...names: string[]): AttributesEvent => ({ type: 'AttributesReordered', data: { names } });

  it('ATT-3: puts the named ones first, by their full names', () => {
    given([defined()])
      .when(reorder('tier', 'waId'))
      .then([reordered('tier', 'whatsapp.waId')]);
    given([defined(), reordered('tier', 'whatsapp.waId')])
      .when(reorder('tier', 'waId'))
      .then([]);
    const catalogue = recordEvents([defined(), reordered('tier', 'whatsapp.waId')]).reduce(
      attributeDirectory.evolve,
      attributeDirectory.initial,
    );
    expect(catalogue.slice(0, 5).map(nameOf)).toStrictEqual([
      'tier',
      'whatsapp.waId',
      'vip',
      'language',
      'whatsapp.phone',
    ]);
  });

  it('ATT-3: names attributes that are there, each once', () => {
    given([]).when(reorder('vip', 'tier')).then({ code: 'order-unknown-attribute', name: 'tier' });
    given([]).when(reorder('waId', 'whatsapp.waId')).then({ code: 'order-not-distinct' });
  });
});

describe('lookup, managed and retention', () => {
  it('ATT-5: a custom or platform attribute can be a lookup attribute', () => {
    given([defined()])
      .when(change('tier', { lookup: true }))
      .then([{ type: 'AttributeLookupStarted', data: { alias: 'tier' } }]);
    const started: AttributesEvent = { type: 'AttributeLookupStarted', data: { alias: 'waId', medium: 'whatsapp' } };
    given([])
      .when(change('waId', { lookup: true }))
      .then([started]);
    given([started])
      .when(change('waId', { lookup: false }))
      .then([{ type: 'AttributeLookupStopped', data: { alias: 'waId', medium: 'whatsapp' } }]);
    given([])
      .when(change('language', { lookup: true }))
      .then({ code: 'not-a-lookup' });
  });

  it('ATT-5: only a custom one can be managed by the CRM', () => {
    const began: AttributesEvent = { type: 'AttributeManagementBegan', data: { alias: 'tier' } };
    given([defined()])
      .when(change('tier', { managed: true }))
      .then([began]);
    given([defined(), began])
      .when(change('tier', { managed: false }))
      .then([{ type: 'AttributeManagementEnded', data: { alias: 'tier' } }]);
    given([])
      .when(change('waId', { managed: true }))
      .then({ code: 'not-manageable' });
    given([])
      .when(change('language', { managed: true }))
      .then({ code: 'not-manageable' });
  });

  it('ATT-7: values are kept for the time that the definition says, or for good', () => {
    const chosen: AttributesEvent = { type: 'AttributeRetentionChosen', data: { alias: 'tier', retention: 'P90D' } };
    given([defined()])
      .when(change('tier', { retention: 'P90D' }))
      .then([chosen]);
    given([defined(), chosen])
      .when(change('tier', { retention: 'P90D' }))
      .then([]);
    given([defined(), chosen])
      .when(change('tier', { retention: null }))
      .then([{ type: 'AttributeRetentionLifted', data: { alias: 'tier' } }]);
    given([])
      .when(change('vip', { retention: 'P90D' }))
      .then({ code: 'no-retention' });
  });

  it.each([
    ['P90D', 90 * 86_400_000],
    ['P1Y2M1W1DT1H1M1S', (365 + 60 + 7 + 1) * 86_400_000 + 3_661_000],
    ['PT30M', 1_800_000],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['P0D', undefined],
    ['P101Y', undefined],
    ['90', undefined],
  ])('ATT-7: the duration %s is %s ms', (duration, milliseconds) => {
    expect(retentionOf(duration)).toBe(milliseconds);
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
      options: [
        { ...gold, retired: false },
        { ...silver, retired: false },
      ],
      lookup: false,
      managed: false,
      retention: null,
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
    fc
      .tuple(
        names,
        fc.record({
          lookup: fc.option(fc.boolean(), { nil: undefined }),
          managed: fc.option(fc.boolean(), { nil: undefined }),
          retention: fc.constantFrom('P1D', null, undefined),
        }),
      )
      .map(([name, data]) => change(name, data)),
    fc.uniqueArray(names).map((order): AttributesCommand => ({ ...header, type: 'ReorderAttributes', names: order })),
    fc
      .record({ alias: names, optionId: fc.constantFrom('gold', 'silver'), label: labels })
      .map((option): AttributesCommand => ({ ...header, type: 'AddAttributeOption', ...option })),
    fc
      .record({ alias: names, optionId: fc.constantFrom('gold', 'silver') })
      .map((option): AttributesCommand => ({ ...header, type: 'RetireAttributeOption', ...option })),
  );
  testDeciderProperties({ decider: attributesDecider, definitions: attributesEvents.definitions, commands });
  testGoldenEvents(import.meta.dirname, attributesEvents.definitions);
});
