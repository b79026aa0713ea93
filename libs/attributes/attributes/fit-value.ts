import type { AttributeFormat } from './events.js';
import { internationalNumber } from './phone-number.js';
import { languageTag } from './platform.js';
import type { AttributeDefinition } from './state.js';
import type { AttributeValue } from './value.js';

/** Why a value does not fit (ATT-2). */
export type Misfit =
  | 'not-text'
  | 'empty'
  | 'too-long'
  | 'not-an-option'
  | 'not-true-or-false'
  | 'not-a-number'
  | 'not-a-date'
  | 'not-an-email-address'
  | 'not-an-international-phone-number'
  | 'not-a-web-address'
  | 'not-a-language-tag'
  | 'not-a-list'
  | 'too-many';

export type Fit<V> = { readonly fits: true; readonly value: V } | { readonly fits: false; readonly reason: Misfit };

/** What no value is longer than, in characters. */
const longestValue = 4_096;
const longestEmail = 254;
const mostRepeated = 20;

/** The value as it is kept (phone numbers in E.164, tags canonical), or why it does not fit. */
export function fitValue(definition: AttributeDefinition, value: unknown): Fit<AttributeValue> {
  if (!definition.repeatable) return fitOne(definition, value);
  if (!Array.isArray(value)) return misfit('not-a-list');
  if (value.length === 0) return misfit('empty');
  if (value.length > mostRepeated) return misfit('too-many');
  const kept = new Set<string>();
  for (const item of value) {
    const one = fitOne(definition, item);
    if (!one.fits) return one;
    kept.add(String(one.value));
  }
  return fit([...kept]);
}

function fitOne(definition: AttributeDefinition, value: unknown): Fit<string | number | boolean> {
  switch (definition.format) {
    case 'boolean':
      return typeof value === 'boolean' ? fit(value) : misfit('not-true-or-false');
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? fit(value) : misfit('not-a-number');
    case 'text':
      return fitText(typeof value === 'number' ? String(value) : value);
    case 'dropdown':
      return definition.options.some(({ optionId, retired }) => optionId === value && !retired)
        ? fit(String(value))
        : misfit('not-an-option');
    default:
      return fitFormatted(definition.format, value);
  }
}

function fitText(value: unknown): Fit<string> {
  if (typeof value !== 'string') return misfit('not-text');
  if (value.trim() === '') return misfit('empty');
  return value.length > longestValue ? misfit('too-long') : fit(value);
}

type FormattedText = Extract<AttributeFormat, 'date' | 'email' | 'phone' | 'url' | 'language'>;

const formats: Readonly<
  Record<FormattedText, { readonly reason: Misfit; readonly read: (text: string) => string | undefined }>
> = {
  date: { reason: 'not-a-date', read: (text) => (isDate(text) ? text : undefined) },
  email: { reason: 'not-an-email-address', read: (text) => (isEmail(text) ? text : undefined) },
  phone: { reason: 'not-an-international-phone-number', read: internationalNumber },
  url: { reason: 'not-a-web-address', read: (text) => (isWebAddress(text) ? text : undefined) },
  language: { reason: 'not-a-language-tag', read: languageTag },
};

function fitFormatted(format: FormattedText, value: unknown): Fit<string> {
  const text = fitText(value);
  if (!text.fits) return text;
  const { reason, read } = formats[format];
  const kept = read(text.value.trim());
  return kept === undefined ? misfit(reason) : fit(kept);
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00.000Z`);
  // The 30th of February is read as a day of March: it comes back as another text.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isEmail(text: string): boolean {
  return text.length <= longestEmail && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

const fit = <V>(value: V): Fit<V> => ({ fits: true, value });
const misfit = (reason: Misfit): { readonly fits: false; readonly reason: Misfit } => ({ fits: false, reason });
