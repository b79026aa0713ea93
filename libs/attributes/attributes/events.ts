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
/** The option can be chosen no more; values that have it keep it, and it stays readable. */
export type AttributeOptionRetired = DomainEvent<
  'AttributeOptionRetired',
  { readonly alias: string; readonly optionId: string }
>;
/** The order in which people see the attributes, by full names (`tier`, `whatsapp.phone`); others follow as before. */
export type AttributesReordered = DomainEvent<'AttributesReordered', { readonly names: readonly string[] }>;
/** The attribute is shown under another label. `medium` stands with platform attributes only, here and below. */
export type AttributeRelabelled = DomainEvent<
  'AttributeRelabelled',
  { readonly alias: string; readonly medium?: Medium; readonly label: string }
>;
/** Agents see and set the attribute again. */
export type AttributeEnabled = DomainEvent<'AttributeEnabled', { readonly alias: string; readonly medium?: Medium }>;
/** Agents neither see nor set the attribute; system and services go on writing it. */
export type AttributeDisabled = DomainEvent<'AttributeDisabled', { readonly alias: string; readonly medium?: Medium }>;
/** A change of its value asks the CRM for the contact (CRM-1). */
export type AttributeLookupStarted = DomainEvent<
  'AttributeLookupStarted',
  { readonly alias: string; readonly medium?: Medium }
>;
/** A change of its value asks nobody any more. */
export type AttributeLookupStopped = DomainEvent<
  'AttributeLookupStopped',
  { readonly alias: string; readonly medium?: Medium }
>;
/** The CRM fills the attribute from now on. */
export type AttributeManagementBegan = DomainEvent<'AttributeManagementBegan', { readonly alias: string }>;
/** People fill the attribute again. */
export type AttributeManagementEnded = DomainEvent<'AttributeManagementEnded', { readonly alias: string }>;
/** Values are cleared so long after the contact's last conversation was closed (ATT-7). */
export type AttributeRetentionChosen = DomainEvent<
  'AttributeRetentionChosen',
  { readonly alias: string; readonly medium?: Medium; readonly retention: string }
>;
/** Values stay until somebody clears them. */
export type AttributeRetentionLifted = DomainEvent<
  'AttributeRetentionLifted',
  { readonly alias: string; readonly medium?: Medium }
>;

export type AttributesEvent =
  | AttributeDefined
  | AttributeOptionAdded
  | AttributeOptionRetired
  | AttributesReordered
  | AttributeRelabelled
  | AttributeEnabled
  | AttributeDisabled
  | AttributeLookupStarted
  | AttributeLookupStopped
  | AttributeManagementBegan
  | AttributeManagementEnded
  | AttributeRetentionChosen
  | AttributeRetentionLifted;

const attribute = { alias: field('code'), medium: field('code', { optional: true }) };

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
    defineEvent<AttributeOptionRetired>({
      type: 'AttributeOptionRetired',
      version: 1,
      sentence: 'The option can be chosen no more; values that have it keep it, and it stays readable.',
      fields: { alias: field('code'), optionId: field('code') },
    }),
    defineEvent<AttributesReordered>({
      type: 'AttributesReordered',
      version: 1,
      sentence: 'The order in which people see the attributes; those that are not named follow as before.',
      fields: { names: field('code', { list: true }) },
    }),
    defineEvent<AttributeRelabelled>({
      type: 'AttributeRelabelled',
      version: 1,
      sentence: 'The attribute is shown under another label.',
      fields: { ...attribute, label: field('label') },
    }),
    defineEvent<AttributeEnabled>({
      type: 'AttributeEnabled',
      version: 1,
      sentence: 'Agents see and set the attribute again.',
      fields: attribute,
    }),
    defineEvent<AttributeDisabled>({
      type: 'AttributeDisabled',
      version: 1,
      sentence: 'Agents neither see nor set the attribute; system and services go on writing it.',
      fields: attribute,
    }),
    defineEvent<AttributeLookupStarted>({
      type: 'AttributeLookupStarted',
      version: 1,
      sentence: 'A change of its value asks the CRM for the contact.',
      fields: attribute,
    }),
    defineEvent<AttributeLookupStopped>({
      type: 'AttributeLookupStopped',
      version: 1,
      sentence: 'A change of its value asks nobody any more.',
      fields: attribute,
    }),
    defineEvent<AttributeManagementBegan>({
      type: 'AttributeManagementBegan',
      version: 1,
      sentence: 'The CRM fills the attribute from now on.',
      fields: { alias: field('code') },
    }),
    defineEvent<AttributeManagementEnded>({
      type: 'AttributeManagementEnded',
      version: 1,
      sentence: 'People fill the attribute again.',
      fields: { alias: field('code') },
    }),
    defineEvent<AttributeRetentionChosen>({
      type: 'AttributeRetentionChosen',
      version: 1,
      sentence: 'Values are cleared so long after the contact’s last conversation was closed.',
      fields: { ...attribute, retention: field('code') },
    }),
    defineEvent<AttributeRetentionLifted>({
      type: 'AttributeRetentionLifted',
      version: 1,
      sentence: 'Values stay until somebody clears them.',
      fields: attribute,
    }),
  ],
};
