import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributeDirectory } from '#attributes/attributes';
import type { AttributesEvent } from '#attributes/attributes';
import { recordEvents } from '#event-sourcing-testing';
import { matches, readCondition } from './index.js';
import type { Circumstances, Condition, ContactTraits } from './index.js';

const defined = (alias: string, format: 'text' | 'date' | 'phone' | 'dropdown' | 'number'): AttributesEvent => ({
  type: 'AttributeDefined',
  data: { alias, label: alias, format, repeatable: format === 'phone' },
});
const catalogue = recordEvents<AttributesEvent>([
  defined('tier', 'dropdown'),
  { type: 'AttributeOptionAdded', data: { alias: 'tier', optionId: 'gold', label: 'Gold' } },
  defined('city', 'text'),
  defined('renewal', 'date'),
  defined('phones', 'phone'),
  defined('orders', 'number'),
]).reduce(attributeDirectory.evolve, attributeDirectory.initial);
const terms = { catalogue, channelIds: new Set(['c1', 'c2']) };

const circumstances: Circumstances = { day: '2026-11-21', vipEnabled: true };
const ada: ContactTraits = {
  values: [
    { alias: 'tier', medium: null, value: 'gold' },
    { alias: 'city', medium: null, value: 'Den Haag' },
    { alias: 'renewal', medium: null, value: '2026-11-01' },
    { alias: 'phones', medium: null, value: ['+31612345678', '+4930901820'] },
    { alias: 'profileName', medium: 'whatsapp', value: 'Ada' },
    { alias: 'plan', medium: 'custom', value: 'pro' },
  ],
  channelIds: ['c1'],
  media: ['whatsapp'],
  vip: true,
  blocked: false,
};

describe('a condition', () => {
  it.each([
    ['attribute.tier', 'is', 'gold', true],
    ['attribute.tier', 'isNot', 'gold', false],
    ['attribute.city', 'is', ' den haag', true],
    ['attribute.city', 'contains', 'HAAG', true],
    ['attribute.city', 'contains', 'Delft', false],
    ['attribute.city', 'inList', ['Delft', 'Den Haag'], true],
    ['attribute.orders', 'isSet', true, false],
    ['attribute.orders', 'isSet', false, true],
    ['attribute.orders', 'isNot', 3, true],
    ['attribute.phones', 'is', '+49 30 901820', true],
    ['attribute.phones', 'isNot', '+49 30 901820', false],
    ['attribute.renewal', 'before', '2026-11-02', true],
    ['attribute.renewal', 'before', '2026-11-01', false],
    ['attribute.renewal', 'after', '2026-10-31', true],
    ['attribute.renewal', 'before', { days: -19 }, true],
    ['attribute.renewal', 'before', { days: -20 }, false],
    ['attribute.renewal', 'after', { days: -21 }, true],
    ['attribute.whatsapp.profileName', 'is', 'Ada', true],
    ['attribute.custom.plan', 'is', 'pro', true],
    ['channel', 'is', 'c1', true],
    ['channel', 'isNot', 'c2', true],
    ['medium', 'inList', ['telegram', 'whatsapp'], true],
    ['vip', 'is', true, true],
    ['blocked', 'is', true, false],
  ])('CON-7: %s %s %j: %s', (field, operator, value, expected) => {
    const read = readCondition({ field, operator, value }, terms);
    expect(read.ok && matches(read.condition, ada, circumstances)).toBe(expected);
  });

  it('CON-7: joins tests by all, any and none', () => {
    const gold: Condition = { field: 'attribute.tier', operator: 'is', value: 'gold' };
    const blocked: Condition = { field: 'blocked', operator: 'is', value: true };
    expect(matches({ all: [gold, blocked] }, ada, circumstances)).toBe(false);
    expect(matches({ any: [gold, blocked] }, ada, circumstances)).toBe(true);
    expect(matches({ none: [blocked] }, ada, circumstances)).toBe(true);
    expect(matches({ none: [blocked, gold] }, ada, circumstances)).toBe(false);
    expect(matches({ all: [gold, { none: [{ all: [blocked] }] }] }, ada, circumstances)).toBe(true);
  });

  it('CON-7: goes by the recorded day, never by the clock', () => {
    const due: Condition = { field: 'attribute.renewal', operator: 'before', value: { days: -30 } };
    expect(matches(due, ada, { ...circumstances, day: '2026-12-01' })).toBe(false);
    expect(matches(due, ada, { ...circumstances, day: '2026-12-02' })).toBe(true);
  });

  it('ATT-6: nobody counts as a VIP while that is switched off', () => {
    const vip: Condition = { field: 'vip', operator: 'is', value: true };
    expect(matches(vip, ada, { ...circumstances, vipEnabled: false })).toBe(false);
  });

  it('CON-7: all and any of the opposites agree (De Morgan)', () => {
    const leaf: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
      { field: 'attribute.tier', operator: 'is', value: 'gold' },
      { field: 'vip', operator: 'is', value: false },
      { field: 'channel', operator: 'is', value: 'c2' },
    );
    const tree = fc.letrec<{ node: Condition }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((none) => ({ none })),
      ),
    })).node;
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 4 }), (parts) => {
        const opposites = parts.map((part): Condition => ({ none: [part] }));
        const every = matches({ all: parts }, ada, circumstances);
        expect(matches({ none: opposites }, ada, circumstances)).toBe(every);
        expect(matches({ any: opposites }, ada, circumstances)).toBe(!every);
      }),
    );
  });
});

describe('reading a condition', () => {
  it('CON-7: keeps attributes by their full name and values as the attribute keeps them', () => {
    const given = { any: [{ field: 'attribute.phones', operator: 'inList', value: ['+31 6 1234-5678'] }] };
    const phone = { field: 'attribute.waId', operator: 'is', value: '31612345678' };
    expect(readCondition({ all: [given, phone] }, terms)).toStrictEqual({
      ok: true,
      condition: {
        all: [
          { any: [{ field: 'attribute.phones', operator: 'inList', value: ['+31612345678'] }] },
          { field: 'attribute.whatsapp.waId', operator: 'is', value: '31612345678' },
        ],
      },
    });
  });

  it.each([
    [undefined, '', 'not-a-condition'],
    [[], '', 'not-a-condition'],
    [{ all: [] }, '/all', 'empty'],
    [{ all: {} }, '/all', 'not-a-condition'],
    [{ field: 'vip', operator: 'is' }, '', 'not-a-condition'],
    [{ field: 'vip', operator: 'is', value: true, more: 1 }, '', 'not-a-condition'],
    [{ field: 'shoeSize', operator: 'is', value: 1 }, '/field', 'unknown-field'],
    [{ field: 'attribute.shoeSize', operator: 'is', value: 1 }, '/field', 'unknown-field'],
    [{ field: 'vip', operator: '$ne', value: true }, '/operator', 'unknown-operator'],
    [{ field: 'vip', operator: 'contains', value: 'x' }, '/operator', 'operator-not-for-field'],
    [{ field: 'attribute.city', operator: 'before', value: '2026-01-01' }, '/operator', 'operator-not-for-field'],
    [{ field: 'attribute.tier', operator: 'is', value: 'tin' }, '/value', 'value-misfit'],
    [{ field: 'attribute.city', operator: 'is', value: { $ne: null } }, '/value', 'value-misfit'],
    [{ field: 'attribute.renewal', operator: 'before', value: '2026-02-30' }, '/value', 'value-misfit'],
    [{ field: 'attribute.renewal', operator: 'before', value: { days: 1.5 } }, '/value', 'value-misfit'],
    [{ field: 'attribute.renewal', operator: 'before', value: 'now' }, '/value', 'value-misfit'],
    [{ field: 'channel', operator: 'is', value: 'c3' }, '/value', 'unknown-channel'],
    [{ field: 'medium', operator: 'inList', value: ['sms', 'fax'] }, '/value/1', 'unknown-medium'],
    [{ any: [{ field: 'attribute.city', operator: 'inList', value: [] }] }, '/any/0/value', 'empty'],
  ])('CON-7: refuses %j at %j: %s', (given, pointer, reason) => {
    expect(readCondition(given, terms)).toStrictEqual({ ok: false, pointer, reason });
  });

  it('CON-7: refuses what is too deep or too long', () => {
    const vip = { field: 'vip', operator: 'is', value: true };
    const nested = (depth: number): object => (depth === 1 ? vip : { all: [nested(depth - 1)] });
    expect(readCondition(nested(5), terms).ok).toBe(true);
    expect(readCondition(nested(6), terms)).toMatchObject({ ok: false, reason: 'too-deep' });
    expect(readCondition({ all: Array.from({ length: 100 }, () => vip) }, terms).ok).toBe(true);
    expect(readCondition({ all: Array.from({ length: 101 }, () => vip) }, terms)).toStrictEqual({
      ok: false,
      pointer: '/all/100',
      reason: 'too-many-tests',
    });
  });

  it('CON-7: reads again what it has read, as it is', () => {
    const read = readCondition({ field: 'attribute.renewal', operator: 'after', value: { days: 3 } }, terms);
    expect(read.ok && readCondition(read.condition, terms)).toStrictEqual(read);
  });
});
