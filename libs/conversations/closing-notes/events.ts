import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream: which closing notes the admin wants, and the categories to choose from. */
export const closingNotesStream = 'closing-notes';

/** What a closing note must hold (CNV-9). */
export const closingNoteModes = ['off', 'optional', 'category', 'both'] as const;
export type ClosingNoteMode = (typeof closingNoteModes)[number];

/** From now on closing notes must hold this much. */
export type ClosingNoteModeChosen = DomainEvent<'ClosingNoteModeChosen', { readonly mode: ClosingNoteMode }>;
/** Another category to choose from, on its own or below a parent. */
export type ClosingCategoryAdded = DomainEvent<
  'ClosingCategoryAdded',
  { readonly categoryId: string; readonly name: string; readonly parentId?: string }
>;
/** The category reads like this from now on, also on notes that have it. */
export type ClosingCategoryRenamed = DomainEvent<
  'ClosingCategoryRenamed',
  { readonly categoryId: string; readonly name: string }
>;
/** Automatic closes take this category from now on; not named, none (CNV-9). */
export type AutomaticCategoryChosen = DomainEvent<'AutomaticCategoryChosen', { readonly categoryId?: string }>;
/** The category cannot be chosen any more; notes that have it keep it. */
export type ClosingCategoryArchived = DomainEvent<'ClosingCategoryArchived', { readonly categoryId: string }>;

export type ClosingNotesEvent =
  | ClosingNoteModeChosen
  | ClosingCategoryAdded
  | ClosingCategoryRenamed
  | ClosingCategoryArchived
  | AutomaticCategoryChosen;

export const closingNotesEvents = {
  categories: [closingNotesStream],
  definitions: [
    defineEvent<ClosingNoteModeChosen>({
      type: 'ClosingNoteModeChosen',
      version: 1,
      sentence: 'From now on closing notes must hold this much.',
      fields: { mode: field('code') },
    }),
    defineEvent<ClosingCategoryAdded>({
      type: 'ClosingCategoryAdded',
      version: 1,
      sentence: 'Another category to choose from, on its own or below a parent.',
      fields: { categoryId: field('id'), name: field('label'), parentId: field('id', { optional: true }) },
    }),
    defineEvent<ClosingCategoryRenamed>({
      type: 'ClosingCategoryRenamed',
      version: 1,
      sentence: 'The category reads like this from now on, also on notes that have it.',
      fields: { categoryId: field('id'), name: field('label') },
    }),
    defineEvent<AutomaticCategoryChosen>({
      type: 'AutomaticCategoryChosen',
      version: 1,
      sentence: 'Automatic closes take this category from now on; not named, none.',
      fields: { categoryId: field('id', { optional: true }) },
    }),
    defineEvent<ClosingCategoryArchived>({
      type: 'ClosingCategoryArchived',
      version: 1,
      sentence: 'The category cannot be chosen any more; notes that have it keep it.',
      fields: { categoryId: field('id') },
    }),
  ],
};
