import type { Ids } from '#event-sourcing';
import type { AttributeFormat } from './events.js';
import type { AttributeValue } from './value.js';

/** Formats whose values can tell that two contacts are one person. */
const matching: ReadonlySet<AttributeFormat> = new Set<AttributeFormat>(['text', 'email', 'phone', 'url']);

/** Whether an attribute of this format can be used to link contacts (LNK-2). */
export const canMatch = (format: AttributeFormat): boolean => matching.has(format);

/**
 * LNK-2: the one way of writing in which values are compared: trimmed and case-folded, phone numbers in E.164. Nothing
 * for what cannot match: empty, masked (LNK-6), a number without its country.
 */
export function matchForms(format: AttributeFormat, value: AttributeValue): readonly string[] {
  if (!canMatch(format)) return [];
  const texts = typeof value === 'object' ? value : [value];
  return [
    ...new Set(
      texts
        .map(String)
        .map(matchForm)
        .filter((form) => isTelling(form, format)),
    ),
  ];
}

/** A text as it is compared; a placeholder of the admin's list is compared in the same form. */
export function matchForm(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

const masked = /[•*]|x{3,}/;

function isTelling(form: string, format: AttributeFormat): boolean {
  if (!/[\p{L}\p{N}]/u.test(form) || masked.test(form)) return false;
  // Others were kept as a channel told them: without a country they could be two people's.
  return format !== 'phone' || /^\+[1-9]\d{6,14}$/.test(form);
}

/** The keyed hash of a value in the form in which it is compared: nobody can confirm a guess at it. */
export function matchKey(ids: Ids, alias: string, form: string): string {
  return ids.keyed('match', alias, form);
}

/** The keys under which a value can be found to be equal to another one of the same alias. */
export function matchKeysOf(
  ids: Ids,
  { alias, format }: { readonly alias: string; readonly format: AttributeFormat },
  value: AttributeValue,
): readonly string[] {
  return matchForms(format, value).map((form) => matchKey(ids, alias, form));
}
