import type { Decider } from '#event-sourcing';
import type {
  AddAttributeOption,
  AttributesCommand,
  ChangeAttribute,
  DefineAttribute,
  ReorderAttributes,
  RetireAttributeOption,
} from './commands.js';
import type { AttributeFormat, AttributesEvent } from './events.js';
import { findAttribute } from './lookup.js';
import type { AttributesRefusal } from './refusals.js';
import { evolve, initial, nameOf } from './state.js';
import type { AttributeCatalogue, AttributeDefinition } from './state.js';

type Decision = readonly AttributesEvent[] | AttributesRefusal;

function decide(command: AttributesCommand, catalogue: AttributeCatalogue): Decision {
  switch (command.type) {
    case 'DefineAttribute':
      return define(command, catalogue);
    case 'ChangeAttribute':
      return change(command, catalogue);
    case 'ReorderAttributes':
      return reorder(command, catalogue);
    case 'AddAttributeOption':
      return addOption(command, catalogue);
    case 'RetireAttributeOption':
      return retireOption(command, catalogue);
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

function change(command: ChangeAttribute, catalogue: AttributeCatalogue): Decision {
  const known = findAttribute(catalogue, command.name);
  if (!known) return { code: 'not-found' };
  const { label, enabled, lookup, managed, retention } = command;
  if (managed === true && known.kind !== 'custom') return { code: 'not-manageable' };
  if (lookup === true && known.kind === 'standard') return { code: 'not-a-lookup' };
  if (retention != null && known.alias === 'vip') return { code: 'no-retention' };
  const { alias } = known;
  const attribute = { alias, ...(known.medium && { medium: known.medium }) };
  const events: AttributesEvent[] = [];
  if (label !== undefined && label !== known.label) {
    events.push({ type: 'AttributeRelabelled', data: { ...attribute, label } });
  }
  if (enabled !== undefined && enabled !== known.enabled) {
    events.push({ type: enabled ? 'AttributeEnabled' : 'AttributeDisabled', data: attribute });
  }
  if (lookup !== undefined && lookup !== known.lookup) {
    events.push({ type: lookup ? 'AttributeLookupStarted' : 'AttributeLookupStopped', data: attribute });
  }
  if (managed !== undefined && managed !== known.managed) {
    events.push({ type: managed ? 'AttributeManagementBegan' : 'AttributeManagementEnded', data: { alias } });
  }
  if (retention !== undefined && retention !== known.retention) {
    events.push(
      retention === null
        ? { type: 'AttributeRetentionLifted', data: attribute }
        : { type: 'AttributeRetentionChosen', data: { ...attribute, retention } },
    );
  }
  return events;
}

function reorder(command: ReorderAttributes, catalogue: AttributeCatalogue): Decision {
  const found = command.names.map((name) => ({ name, definition: findAttribute(catalogue, name) }));
  const unknown = found.find(({ definition }) => !definition);
  if (unknown) return { code: 'order-unknown-attribute', name: unknown.name };
  const names = found.flatMap(({ definition }) => (definition ? [nameOf(definition)] : []));
  if (new Set(names).size < names.length) return { code: 'order-not-distinct' };
  const reordered: AttributesEvent = { type: 'AttributesReordered', data: { names } };
  const isAsBefore = evolve(catalogue, reordered).every((definition, place) => definition === catalogue[place]);
  return isAsBefore ? [] : [reordered];
}

function addOption({ alias, optionId, label }: AddAttributeOption, catalogue: AttributeCatalogue): Decision {
  const known = dropdownOf(catalogue, alias);
  if ('code' in known) return known;
  const option = known.options.find((candidate) => candidate.optionId === optionId);
  if (option && !option.retired) return option.label === label ? [] : { code: 'option-taken', optionId };
  return [{ type: 'AttributeOptionAdded', data: { alias, optionId, label } }];
}

function retireOption({ alias, optionId }: RetireAttributeOption, catalogue: AttributeCatalogue): Decision {
  const known = dropdownOf(catalogue, alias);
  if ('code' in known) return known;
  const option = known.options.find((candidate) => candidate.optionId === optionId);
  if (!option) return { code: 'unknown-option', optionId };
  return option.retired ? [] : [{ type: 'AttributeOptionRetired', data: { alias, optionId } }];
}

function dropdownOf(catalogue: AttributeCatalogue, alias: string): AttributeDefinition | AttributesRefusal {
  const known = findAttribute(catalogue, alias);
  if (!known) return { code: 'not-found' };
  return known.format === 'dropdown' ? known : { code: 'options-not-taken' };
}

export const attributesDecider: Decider<AttributesCommand, AttributesEvent, AttributeCatalogue, AttributesRefusal> = {
  initial,
  evolve,
  decide,
};
