import type { Refusal } from '#event-sourcing';

export type SettingsRefusal = Refusal<'not-a-matching-attribute'> & { readonly name: string };

export const settingsRefusals: readonly {
  readonly code: SettingsRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  {
    code: 'not-a-matching-attribute',
    rule: 'LNK-2',
    sentence: 'Contacts are matched by an attribute whose values are texts, or by none.',
  },
];
