import type { Decider } from '#event-sourcing';
import type { AttributesCommand, ChangeAttribute, DefineAttribute } from './commands.js';
import type { AttributeFormat, AttributesEvent } from './events.js';
import { findAttribute } from './lookup.js';
import type { AttributesRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { AttributeCatalogue } from './state.js';

type Decision = readonly AttributesEvent[] | AttributesRefusal;

function decide(command: AttributesCommand, catalogue: AttributeCatalogue): Decision {
  switch (command.type) {
    case 'DefineAttribute':
      return define(command, catalogue);
    case 'ChangeAttribute':
      return change(command, catalogue);
  }
}

const textLike: ReadonlySet<AttributeFormat> = new Set<AttributeFormat>(['text', 'email', 'phone', 'url']);

function define(command: DefineAttribute, catalogue: AttributeCatalogue): Decision {
  const { alias, label, format, repeatable, options } = command;
  if (catalogue.some((known) => known.medium === undefined && known.alias === alias)) {
    return { code: 'alias-taken', alias };
  }
  if (format !== 'dropdown' && options.length > 0) return { code: 'options-not-taken' };
  if (format === 'dropdown' && options.length < 2) return { code: 'options-needed' };
  if (new Set(options.map(({ optionId }) => optionId)).size < options.length) return { code: 'options-not-distinct' };
  if (repeatable && !textLike.has(format)) return { code: 'not-repeatable' };
  return [
    { type: 'AttributeDefined', data: { alias, label, format, repeatable } },
    ...options.map((option): AttributesEvent => ({ type: 'AttributeOptionAdded', data: { alias, ...option } })),
  ];
}

function change({ name, label, enabled }: ChangeAttribute, catalogue: AttributeCatalogue): Decision {
  const known = findAttribute(catalogue, name);
  if (!known) return { code: 'not-found' };
  const attribute = { alias: known.alias, ...(known.medium && { medium: known.medium }) };
  const events: AttributesEvent[] = [];
  if (label !== undefined && label !== known.label) {
    events.push({ type: 'AttributeRelabelled', data: { ...attribute, label } });
  }
  if (enabled !== undefined && enabled !== known.enabled) {
    events.push({ type: enabled ? 'AttributeEnabled' : 'AttributeDisabled', data: attribute });
  }
  return events;
}

export const attributesDecider: Decider<AttributesCommand, AttributesEvent, AttributeCatalogue, AttributesRefusal> = {
  initial,
  evolve,
  decide,
};
