import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordEvents, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { AttributesCommand, DefineAttribute } from './commands.js';
import { attributesDecider } from './decide.js';
import { attributeDirectory } from './directory.js';
import { attributeFormats, attributesEvents } from './events.js';
import type { AttributesEvent } from './events.js';
import { vipEnabled } from './lookup.js';
import { change, defined, gold, header, optionAdded, silver } from './attributes.fixtures.js';

const { given } = scenariosOf(attributesDecider);
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
