import { describe, expect, it } from '@jest/globals';
import { recordEvents, scenariosOf } from '#event-sourcing-testing';
import type { AttributesCommand } from './commands.js';
import { attributeDirectory } from './directory.js';
import type { AttributesEvent } from './events.js';
import { findAttribute } from './lookup.js';
import { nameOf } from './state.js';
import { defined, gold, header, optionAdded, silver } from './attributes.fixtures.js';
import { attributesDecider } from './decide.js';

const { given } = scenariosOf(attributesDecider);

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
