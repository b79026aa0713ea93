import type { Refusal } from '#event-sourcing';

export type AttributesRefusal =
  | Refusal<'not-found'>
  | (Refusal<'alias-taken'> & { readonly alias: string })
  | Refusal<'options-needed'>
  | Refusal<'options-not-taken'>
  | Refusal<'options-not-distinct'>
  | (Refusal<'option-taken'> & { readonly optionId: string })
  | (Refusal<'unknown-option'> & { readonly optionId: string })
  | Refusal<'not-repeatable'>
  | (Refusal<'order-unknown-attribute'> & { readonly name: string })
  | Refusal<'order-not-distinct'>
  | Refusal<'not-manageable'>
  | Refusal<'not-a-lookup'>
  | Refusal<'no-retention'>;

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
  { code: 'option-taken', rule: 'ATT-2', sentence: 'The dropdown has another option under this id already.' },
  { code: 'unknown-option', rule: 'ATT-2', sentence: 'The attribute has no such option.' },
  {
    code: 'order-unknown-attribute',
    rule: 'ATT-3',
    sentence: 'The order names an attribute that is not there; it is named.',
  },
  { code: 'order-not-distinct', rule: 'ATT-3', sentence: 'The order names an attribute twice.' },
  { code: 'not-manageable', rule: 'ATT-5', sentence: 'Only a custom attribute can be managed by the CRM.' },
  { code: 'not-a-lookup', rule: 'ATT-5', sentence: 'Only a custom or platform attribute can be a lookup attribute.' },
  { code: 'no-retention', rule: 'ATT-7', sentence: 'The mark VIP has no retention: it is no value.' },
];
