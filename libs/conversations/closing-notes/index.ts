export { closingNoteRules, closingNotesDirectory } from './directory.js';
export { closingNoteModes, closingNotesEvents, closingNotesStream } from './events.js';
export type { ClosingNoteMode, ClosingNotesEvent } from './events.js';
export {
  AddClosingCategory,
  ArchiveClosingCategory,
  ChooseAutomaticCategory,
  ChooseClosingNoteMode,
  closingNotesHandlers,
  RenameClosingCategory,
} from './handlers.js';
export { closingNotesRefusals } from './refusals.js';
export type { ClosingNotesRefusal } from './refusals.js';
