import type { Command } from '#event-sourcing';
import type { ClosingNoteMode } from './events.js';

export type ChooseMode = Command<'ChooseMode', { readonly mode: ClosingNoteMode }>;
export type AddCategory = Command<
  'AddCategory',
  { readonly categoryId: string; readonly name: string; readonly parentId?: string }
>;
export type RenameCategory = Command<'RenameCategory', { readonly categoryId: string; readonly name: string }>;
/** `null`: automatic closes take none. */
export type ChooseAutomaticCategory = Command<'ChooseAutomaticCategory', { readonly categoryId: string | null }>;
export type ArchiveCategory = Command<'ArchiveCategory', { readonly categoryId: string }>;
export type ClosingNotesCommand = ChooseMode | AddCategory | RenameCategory | ArchiveCategory | ChooseAutomaticCategory;
