import type { Command } from '#event-sourcing';
import type { AttributeFormat } from './events.js';
import type { AttributeOption } from './state.js';

export type DefineAttribute = Command<
  'DefineAttribute',
  {
    readonly alias: string;
    readonly label: string;
    readonly format: AttributeFormat;
    readonly repeatable: boolean;
    readonly options: readonly AttributeOption[];
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
  }
>;

export type AttributesCommand = DefineAttribute | ChangeAttribute;
