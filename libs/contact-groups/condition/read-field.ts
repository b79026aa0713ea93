import { findAttribute, fitValue } from '#attributes/attributes';
import type { AttributeCatalogue, AttributeDefinition } from '#attributes/attributes';
import { media } from '#channels/channel';
import type { TestOperator } from './condition.js';
import type { ConditionMisfit, ConditionTerms } from './misfit.js';

type One = string | number | boolean;
type ReadOne = { readonly ok: true; readonly value: One } | { readonly ok: false; readonly reason: ConditionMisfit };

/** What can be asked of a field, and how the values that it is compared with are read. */
interface Field {
  readonly field: string;
  readonly operators: ReadonlySet<TestOperator>;
  readonly read: (value: unknown) => ReadOne;
}

const flagOperators: ReadonlySet<TestOperator> = new Set<TestOperator>(['is', 'isNot']);
const placeOperators: ReadonlySet<TestOperator> = new Set<TestOperator>(['is', 'isNot', 'inList', 'isSet']);
const longestText = 4_096;

/** `undefined`: there is no such field. */
export function readField(given: unknown, { catalogue, channelIds }: ConditionTerms): Field | undefined {
  switch (given) {
    case 'vip':
    case 'blocked':
      return { field: given, operators: flagOperators, read: flag };
    case 'channel':
      return { field: given, operators: placeOperators, read: among((id) => channelIds.has(id), 'unknown-channel') };
    case 'medium':
      return { field: given, operators: placeOperators, read: among(isMedium, 'unknown-medium') };
    default:
      return typeof given === 'string' && given.startsWith('attribute.')
        ? attributeField(given.slice('attribute.'.length), catalogue)
        : undefined;
  }
}

function attributeField(name: string, catalogue: AttributeCatalogue): Field | undefined {
  // Keys under the profile of `custom` channels stand in no catalogue.
  if (/^custom\../.test(name)) return { field: `attribute.${name}`, operators: operatorsOf('text'), read: anything };
  const definition = findAttribute(catalogue, name);
  if (!definition) return undefined;
  const { alias, medium, format } = definition;
  if (alias === 'vip') return { field: 'vip', operators: flagOperators, read: flag };
  return {
    field: `attribute.${medium === undefined ? alias : `${medium}.${alias}`}`,
    operators: operatorsOf(format),
    read: (value) => readValue(definition, value),
  };
}

function operatorsOf(format: AttributeDefinition['format']): ReadonlySet<TestOperator> {
  const any: TestOperator[] = ['is', 'isNot', 'isSet', 'inList'];
  if (format === 'date') return new Set([...any, 'before', 'after']);
  return new Set(['boolean', 'number', 'dropdown'].includes(format) ? any : [...any, 'contains']);
}

/** As the attribute keeps it, so that `+31 6 1234 5678` finds `+31612345678`. A retired option can still be asked for. */
function readValue(definition: AttributeDefinition, value: unknown): ReadOne {
  if (definition.options.some(({ optionId }) => optionId === value)) return { ok: true, value: String(value) };
  const fit = fitValue({ ...definition, repeatable: false }, value);
  return fit.fits && typeof fit.value !== 'object' ? { ok: true, value: fit.value } : misfit('value-misfit');
}

function flag(value: unknown): ReadOne {
  return typeof value === 'boolean' ? { ok: true, value } : misfit('value-misfit');
}

function among(isKnown: (text: string) => boolean, reason: ConditionMisfit): Field['read'] {
  return (value) => (typeof value === 'string' && isKnown(value) ? { ok: true, value } : misfit(reason));
}

function anything(value: unknown): ReadOne {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return { ok: true, value };
  return isText(value) ? { ok: true, value } : misfit('value-misfit');
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longestText;
}

/** Whether it is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return fitValue({ ...textAttribute, format: 'date' }, text).fits;
}

const textAttribute = {
  alias: 'any',
  kind: 'custom',
  label: 'any',
  format: 'text',
  repeatable: false,
  enabled: true,
  options: [],
  lookup: false,
  managed: false,
  retention: null,
} as const;

const isMedium = (name: string): boolean => media.some((medium) => medium === name);
const misfit = (reason: ConditionMisfit): ReadOne => ({ ok: false, reason });
