import type { Decider } from '#event-sourcing';
import type { AddCategory, ChooseAutomaticCategory, ClosingNotesCommand } from './commands.js';
import type { ClosingNotesEvent } from './events.js';
import type { ClosingNotesRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { ClosingNotesState } from './state.js';

type Decision = readonly ClosingNotesEvent[] | ClosingNotesRefusal;

/** What the admin asks of closing notes (CNV-9). */
export const closingNotesDecider: Decider<
  ClosingNotesCommand,
  ClosingNotesEvent,
  ClosingNotesState,
  ClosingNotesRefusal
> = { initial, evolve, decide };

function decide(command: ClosingNotesCommand, state: ClosingNotesState): Decision {
  switch (command.type) {
    case 'ChooseMode':
      return command.mode === state.mode ? [] : [{ type: 'ClosingNoteModeChosen', data: { mode: command.mode } }];
    case 'AddCategory':
      return addCategory(command, state);
    case 'RenameCategory': {
      const { categoryId, name } = command;
      const category = state.categories.get(categoryId);
      if (!category) return { code: 'unknown-category', categoryId };
      return category.name === name ? [] : [{ type: 'ClosingCategoryRenamed', data: { categoryId, name } }];
    }
    case 'ChooseAutomaticCategory':
      return chooseAutomatic(command, state);
    case 'ArchiveCategory': {
      const { categoryId } = command;
      const category = state.categories.get(categoryId);
      if (!category) return { code: 'unknown-category', categoryId };
      return category.archived ? [] : [{ type: 'ClosingCategoryArchived', data: { categoryId } }];
    }
  }
}

function chooseAutomatic({ categoryId }: ChooseAutomaticCategory, state: ClosingNotesState): Decision {
  if (categoryId === state.automaticCategoryId) return [];
  if (categoryId === null) return [{ type: 'AutomaticCategoryChosen', data: {} }];
  if (state.categories.get(categoryId)?.archived !== false) return { code: 'unknown-category', categoryId };
  return [{ type: 'AutomaticCategoryChosen', data: { categoryId } }];
}

function addCategory({ categoryId, name, parentId }: AddCategory, { categories }: ClosingNotesState): Decision {
  if (categories.has(categoryId)) return [];
  if (parentId === undefined) return [{ type: 'ClosingCategoryAdded', data: { categoryId, name } }];
  const parent = categories.get(parentId);
  if (!parent || parent.archived) return { code: 'unknown-category', categoryId: parentId };
  if (parent.parentId !== undefined) return { code: 'nested-too-deep', categoryId: parentId };
  return [{ type: 'ClosingCategoryAdded', data: { categoryId, name, parentId } }];
}
