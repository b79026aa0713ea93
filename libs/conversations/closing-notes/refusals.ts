import type { Refusal } from '#event-sourcing';

export type ClosingNotesRefusal =
  | (Refusal<'unknown-category'> & { readonly categoryId: string })
  | (Refusal<'nested-too-deep'> & { readonly categoryId: string });

export const closingNotesRefusals: readonly {
  readonly code: ClosingNotesRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'unknown-category', rule: 'CNV-9', sentence: 'There is no such closing category to choose.' },
  { code: 'nested-too-deep', rule: 'CNV-9', sentence: 'Categories are nested one level: a parent has no parent.' },
];
