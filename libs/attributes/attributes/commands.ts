import type { Command } from '#event-sourcing';
import type { AttributeFormat } from './events.js';

/** An option as an admin gives it. */
export interface GivenOption {
  readonly optionId: string;
  readonly label: string;
}

export type DefineAttribute = Command<
  'DefineAttribute',
  {
    readonly alias: string;
    readonly label: string;
    readonly format: AttributeFormat;
    readonly repeatable: boolean;
    readonly options: readonly GivenOption[];
  }
>;
/** What is `undefined` stays as it is. */
export type ChangeAttribute = Command<
  'ChangeAttribute',
  {
    /** `tier`, or `whatsapp.phone` for a platform attribute. */
    readonly name: string;
    readonly label: string | undefined;
    readonly enabled: boolean | undefined;
    readonly lookup: boolean | undefined;
    readonly managed: boolean | undefined;
    /** `null`: values stay. */
    readonly retention: string | null | undefined;
  }
>;
export type ReorderAttributes = Command<'ReorderAttributes', { readonly names: readonly string[] }>;
export type AddAttributeOption = Command<'AddAttributeOption', GivenOption & { readonly alias: string }>;
export type RetireAttributeOption = Command<
  'RetireAttributeOption',
  { readonly alias: string; readonly optionId: string }
>;

export type AttributesCommand =
  DefineAttribute | ChangeAttribute | ReorderAttributes | AddAttributeOption | RetireAttributeOption;
