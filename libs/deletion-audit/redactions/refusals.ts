import type { Refusal } from '#event-sourcing';

export type RedactionRefusal = Refusal<'not-found' | 'contact-deleted' | 'value-in-use'>;

/** Those that are not another aggregate's. */
export const redactionRefusals: readonly {
  readonly code: 'value-in-use';
  readonly rule: string;
  readonly sentence: string;
}[] = [
  {
    code: 'value-in-use',
    rule: 'DEL-8',
    sentence: 'The attribute has a value: clear it first, then what it held can be made unreadable.',
  },
];
