import { describe, expect, it } from '@jest/globals';
import { attributeDirectory } from '#attributes/attributes';
import { recordEvents } from '#event-sourcing-testing';
import { render, unknownVariable } from './variables.js';
import type { VariableValues } from './variables.js';

const defined = (alias: string) =>
  ({ type: 'AttributeDefined', data: { alias, label: alias, format: 'text', repeatable: false } }) as const;
const catalogue = recordEvents([defined('tier')]).reduce(attributeDirectory.evolve, attributeDirectory.initial);

const values: VariableValues = {
  contactName: 'Amina Okafor',
  agentName: 'Ann',
  attributes: [
    { alias: 'tier', medium: null, value: 'gold' },
    { alias: 'phones', medium: null, value: ['+49 1', '+49 2'] },
    { alias: 'phone', medium: 'whatsapp', value: '+49 3' },
  ],
};
const nothing: VariableValues = { contactName: null, agentName: 'Ann', attributes: [] };

describe('variables', () => {
  it('REP-2: those of contact, agent and attributes are known, any other is named as it is written', () => {
    const known =
      'Hi {{contact.firstName|there}}, {{ contact.lastName }} {{contact.name}}: {{attribute.tier}}, {{agent.name}}';
    expect(unknownVariable(known, catalogue)).toBeUndefined();
    expect(unknownVariable('{{attribute.whatsapp.phone}}', catalogue)).toBeUndefined();
    expect(unknownVariable('Hi {{contact.age|you}}', catalogue)).toBe('{{contact.age|you}}');
    expect(unknownVariable('{{attribute.none}}', catalogue)).toBe('{{attribute.none}}');
    expect(unknownVariable('{{}}', catalogue)).toBe('{{}}');
    expect(unknownVariable('Hi {{contact.name', catalogue)).toBe('{{');
    expect(unknownVariable('no variables { } at all', catalogue)).toBeUndefined();
  });

  it('REP-2: become their values', () => {
    expect(render('{{contact.firstName}} {{contact.lastName}} is {{contact.name}}', values)).toEqual({
      text: 'Amina Okafor is Amina Okafor',
    });
    expect(render('{{attribute.tier}}, {{attribute.phones}}, {{attribute.whatsapp.phone}}', values)).toEqual({
      text: 'gold, +49 1, +49 2, +49 3',
    });
    expect(render('Yours, {{ agent.name }}', values)).toEqual({ text: 'Yours, Ann' });
  });

  it('REP-2: an attribute for the first name goes before the name', () => {
    const named = { ...values, attributes: [{ alias: 'firstName', medium: 'telegram', value: 'Mina' }] };
    expect(render('{{contact.firstName}}', named)).toEqual({ text: 'Mina' });
  });

  it('REP-2: without a value the default stands, without a default it is named', () => {
    expect(render('Hello {{contact.firstName | there }}', nothing)).toEqual({ text: 'Hello there' });
    expect(render('Hello {{contact.firstName|}}!', nothing)).toEqual({ text: 'Hello !' });
    expect(render('{{attribute.tier}} {{contact.name}}', nothing)).toEqual({ missing: 'attribute.tier' });
  });

  it('REP-2: a value that looks like a variable stays what it is', () => {
    const sly = { ...values, contactName: '{{agent.name}} $& $1' };
    expect(render('Dear {{contact.name}}', sly)).toEqual({ text: 'Dear {{agent.name}} $& $1' });
  });
});
