import type { LiveView } from '#event-sourcing';
import { closingNotesStream } from './events.js';
import type { ClosingNoteMode, ClosingNotesEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { ClosingNotesState } from './state.js';

/** What the admin asks of closing notes, in memory: what closing goes by (decision 5). */
export const closingNotesDirectory: LiveView<ClosingNotesState, ClosingNotesEvent> = {
  name: 'closing-notes',
  categories: [closingNotesStream],
  initial,
  evolve,
};

/** What a note must hold, and which categories can be chosen: an archived parent takes its children along. */
export function closingNoteRules({ mode, automaticCategoryId, categories }: ClosingNotesState): {
  readonly mode: ClosingNoteMode;
  readonly categoryIds: ReadonlySet<string>;
  readonly automaticCategoryId?: string;
} {
  const open = [...categories].filter(([, { archived, parentId }]) => {
    return !archived && (parentId === undefined || categories.get(parentId)?.archived === false);
  });
  const categoryIds = new Set(open.map(([categoryId]) => categoryId));
  return { mode, categoryIds, ...(automaticCategoryId !== null && { automaticCategoryId }) };
}
