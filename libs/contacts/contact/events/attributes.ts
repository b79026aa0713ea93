import type { AttributeValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** Who or what a value came from (ATT-4). */
export const valueSources = ['agent', 'service', 'autoresponder', 'crm', 'channel', 'merge', 'automation'] as const;
export type ValueSource = (typeof valueSources)[number];

/** An attribute has this value now. `medium` stands with platform attributes only, here and below. */
export type AttributeSet = DomainEvent<
  'AttributeSet',
  {
    readonly contactId: string;
    readonly alias: string;
    readonly medium?: Medium;
    readonly value: AttributeValue;
    readonly source: ValueSource;
    /**
     * Keyed hashes of the value as it is compared with those of other contacts (LNK-2); not there when it never
     * matches.
     */
    readonly matchKeys?: readonly string[];
  }
>;
/** An attribute has no value any more. */
export type AttributeCleared = DomainEvent<
  'AttributeCleared',
  { readonly contactId: string; readonly alias: string; readonly medium?: Medium; readonly source: ValueSource }
>;
/** The contact is a VIP: ranks higher and belongs to the group VIP. */
export type VipMarked = DomainEvent<'VipMarked', { readonly contactId: string; readonly source: ValueSource }>;
/** The contact is no VIP any more. */
export type VipUnmarked = DomainEvent<'VipUnmarked', { readonly contactId: string; readonly source: ValueSource }>;

export const attributesEvents = [
  defineEvent<AttributeSet>({
    type: 'AttributeSet',
    version: 1,
    sentence: 'An attribute has this value now.',
    fields: {
      contactId: field('id'),
      alias: field('code'),
      medium: field('code', { optional: true }),
      value: personal('contactId', 'json'),
      source: field('code'),
      matchKeys: field('hash', { list: true, optional: true }),
    },
  }),
  defineEvent<AttributeCleared>({
    type: 'AttributeCleared',
    version: 1,
    sentence: 'An attribute has no value any more.',
    fields: {
      contactId: field('id'),
      alias: field('code'),
      medium: field('code', { optional: true }),
      source: field('code'),
    },
  }),
  defineEvent<VipMarked>({
    type: 'VipMarked',
    version: 1,
    sentence: 'The contact is a VIP: ranks higher and belongs to the group VIP.',
    fields: { contactId: field('id'), source: field('code') },
  }),
  defineEvent<VipUnmarked>({
    type: 'VipUnmarked',
    version: 1,
    sentence: 'The contact is no VIP any more.',
    fields: { contactId: field('id'), source: field('code') },
  }),
];
