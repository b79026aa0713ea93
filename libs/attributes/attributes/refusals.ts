import type { Refusal } from '#event-sourcing';

export type AttributesRefusal =
  | Refusal<'not-found'>
  | (Refusal<'alias-taken'> & { readonly alias: string })
  | Refusal<'options-needed'>
  | Refusal<'options-not-taken'>
  | Refusal<'options-not-distinct'>
  | Refusal<'not-repeatable'>;

export const attributesRefusals: readonly {
  readonly code: AttributesRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'not-found', rule: 'ATT-1', sentence: 'There is no such attribute.' },
  { code: 'alias-taken', rule: 'ATT-1', sentence: 'There is an attribute under this alias already.' },
  { code: 'options-needed', rule: 'ATT-2', sentence: 'A dropdown needs two or more options.' },
  { code: 'options-not-taken', rule: 'ATT-2', sentence: 'Only a dropdown takes options.' },
  { code: 'options-not-distinct', rule: 'ATT-2', sentence: 'Two options of the dropdown have the same id.' },
  { code: 'not-repeatable', rule: 'ATT-2', sentence: 'Only text-like attributes can hold several values.' },
];
