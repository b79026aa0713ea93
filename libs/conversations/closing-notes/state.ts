import type { ClosingNoteMode, ClosingNotesEvent } from './events.js';

export interface ClosingCategory {
  readonly name: string;
  readonly parentId: string | undefined;
  readonly archived: boolean;
}

export interface ClosingNotesState {
  readonly mode: ClosingNoteMode;
  /** What automatic closes take; `null`: nothing. */
  readonly automaticCategoryId: string | null;
  readonly categories: ReadonlyMap<string, ClosingCategory>;
}

export const initial: ClosingNotesState = { mode: 'optional', automaticCategoryId: null, categories: new Map() };

export function evolve(state: ClosingNotesState, event: ClosingNotesEvent): ClosingNotesState {
  switch (event.type) {
    case 'ClosingNoteModeChosen':
      return { ...state, mode: event.data.mode };
    case 'ClosingCategoryAdded': {
      const { categoryId, name, parentId } = event.data;
      return withCategory(state, categoryId, { name, parentId, archived: false });
    }
    case 'AutomaticCategoryChosen':
      return { ...state, automaticCategoryId: event.data.categoryId ?? null };
    case 'ClosingCategoryRenamed': {
      const category = state.categories.get(event.data.categoryId);
      return category ? withCategory(state, event.data.categoryId, { ...category, name: event.data.name }) : state;
    }
    case 'ClosingCategoryArchived': {
      const category = state.categories.get(event.data.categoryId);
      return category ? withCategory(state, event.data.categoryId, { ...category, archived: true }) : state;
    }
  }
}

function withCategory(state: ClosingNotesState, categoryId: string, category: ClosingCategory): ClosingNotesState {
  return { ...state, categories: new Map(state.categories).set(categoryId, category) };
}
