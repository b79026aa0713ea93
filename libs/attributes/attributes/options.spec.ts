import { describe, expect, it } from '@jest/globals';
import { recordEvents, scenariosOf } from '#event-sourcing-testing';
import type { AttributesCommand } from './commands.js';
import { attributeDirectory } from './directory.js';
import type { AttributesEvent } from './events.js';
import { retentionOf } from './retention.js';
import { change, defined, gold, header, optionAdded, silver } from './attributes.fixtures.js';
import { attributesDecider } from './decide.js';

const { given } = scenariosOf(attributesDecider);

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
