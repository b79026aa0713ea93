import type { Medium } from '#channels/channel';
import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream holds the whole catalogue of attributes: their order and the uniqueness of aliases are decided in it. */
export const attributesStream = 'attributes';

export const attributeFormats = [
  'text',
  'dropdown',
  'boolean',
  'number',
  'date',
  'email',
  'phone',
  'url',
  'language',
] as const;
export type AttributeFormat = (typeof attributeFormats)[number];

/** An admin made a custom attribute; it stands last in the order. Alias, format and repeatable are fixed for good. */
export type AttributeDefined = DomainEvent<
  'AttributeDefined',
  {
    readonly alias: string;
    readonly label: string;
    readonly format: AttributeFormat;
    /** Holds a list of values (several e-mail addresses). */
    readonly repeatable: boolean;
  }
>;
/** A dropdown got an option; values refer to it by its id. */
export type AttributeOptionAdded = DomainEvent<
  'AttributeOptionAdded',
  { readonly alias: string; readonly optionId: string; readonly label: string }
>;
/** The attribute is shown under another label. `medium` stands with platform attributes only, here and below. */
export type AttributeRelabelled = DomainEvent<
  'AttributeRelabelled',
  { readonly alias: string; readonly medium?: Medium; readonly label: string }
>;
/** Agents see and set the attribute again. */
export type AttributeEnabled = DomainEvent<'AttributeEnabled', { readonly alias: string; readonly medium?: Medium }>;
/** Agents neither see nor set the attribute; system and services go on writing it. */
export type AttributeDisabled = DomainEvent<'AttributeDisabled', { readonly alias: string; readonly medium?: Medium }>;

export type AttributesEvent =
  AttributeDefined | AttributeOptionAdded | AttributeRelabelled | AttributeEnabled | AttributeDisabled;

export const attributesEvents = {
  categories: ['attributes'],
  definitions: [
    defineEvent<AttributeDefined>({
      type: 'AttributeDefined',
      version: 1,
      sentence:
        'An admin made a custom attribute; it stands last in the order, its alias and format are fixed for good.',
      fields: { alias: field('code'), label: field('label'), format: field('code'), repeatable: field('boolean') },
    }),
    defineEvent<AttributeOptionAdded>({
      type: 'AttributeOptionAdded',
      version: 1,
      sentence: 'A dropdown got an option; values refer to it by its id.',
      fields: { alias: field('code'), optionId: field('code'), label: field('label') },
    }),
    defineEvent<AttributeRelabelled>({
      type: 'AttributeRelabelled',
      version: 1,
      sentence: 'The attribute is shown under another label.',
      fields: { alias: field('code'), medium: field('code', { optional: true }), label: field('label') },
    }),
    defineEvent<AttributeEnabled>({
      type: 'AttributeEnabled',
      version: 1,
      sentence: 'Agents see and set the attribute again.',
      fields: { alias: field('code'), medium: field('code', { optional: true }) },
    }),
    defineEvent<AttributeDisabled>({
      type: 'AttributeDisabled',
      version: 1,
      sentence: 'Agents neither see nor set the attribute; system and services go on writing it.',
      fields: { alias: field('code'), medium: field('code', { optional: true }) },
    }),
  ],
};
