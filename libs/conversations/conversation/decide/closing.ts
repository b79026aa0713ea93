import type { Close, CloseAutomatically, ClosingNoteRules, EditClosingNote } from '../commands.js';
import type { ConversationRefusal } from '../refusals.js';
import { hasBegun, noteOf } from '../state.js';
import type { OpenConversationState } from '../open-conversation.js';
import type { ClosingNote, ConversationState } from '../state.js';
import { sees } from './access.js';
import type { Decision } from './decision.js';

/** CNV-8, CNV-9. */
export function close(command: Close, state: OpenConversationState): Decision {
  const { conversationId, contactId } = state;
  const note = noteOf(command);
  const automatic = command.onBehalfOf;
  const refusal = misfit(note, command.rules) ?? (automatic ? undefined : missing(note, command.rules));
  if (refusal) return refusal;
  const taken = automatic ? { ...automaticNote(command.rules), ...note } : note;
  const cause = automatic ?? (command.actor.role === 'service' ? 'service' : 'user');
  return [{ type: 'ConversationClosed', data: { conversationId, contactId, ...taken, cause } }];
}

/** CNV-8: by a merge, a block, inactivity or rollover. What is closed already stays as it is. */
export function closeAutomatically({ cause, rules }: CloseAutomatically, state: ConversationState): Decision {
  if (state.phase !== 'open') return [];
  const { conversationId, contactId } = state;
  const note = rules ? automaticNote(rules) : {};
  return [{ type: 'ConversationClosed', data: { conversationId, contactId, ...note, cause } }];
}

/** CNV-9: the only thing of a closed conversation that changes. */
export function editClosingNote(command: EditClosingNote, state: ConversationState): Decision {
  if (!hasBegun(state) || !sees(command.access, state)) return { code: 'not-found' };
  if (state.phase === 'open') return { code: 'not-closed' };
  const { conversationId, contactId, note } = state;
  const { categoryId = note.categoryId ?? null, summary = note.summary ?? null } = command;
  const edited: ClosingNote = { ...(categoryId !== null && { categoryId }), ...(summary !== null && { summary }) };
  if (edited.categoryId === note.categoryId && edited.summary === note.summary) return [];
  const refusal = misfit(edited, command.rules) ?? missing(edited, command.rules);
  return refusal ?? [{ type: 'ClosingNoteEdited', data: { conversationId, contactId, ...edited } }];
}

/** What an automatic close takes without asking anybody: the configured category, if it can be chosen. */
function automaticNote({ mode, automaticCategoryId, categoryIds }: ClosingNoteRules): ClosingNote {
  if (mode === 'off' || automaticCategoryId === undefined || !categoryIds.has(automaticCategoryId)) return {};
  return { categoryId: automaticCategoryId };
}

/** Why what the note holds cannot be taken in the admin's mode; `undefined`: it can. */
function misfit({ categoryId, summary }: ClosingNote, rules: ClosingNoteRules): ConversationRefusal | undefined {
  if (rules.mode === 'off') {
    return categoryId === undefined && summary === undefined ? undefined : { code: 'closing-note-off' };
  }
  return categoryId === undefined || rules.categoryIds.has(categoryId)
    ? undefined
    : { code: 'unknown-category', categoryId };
}

function missing({ categoryId, summary }: ClosingNote, { mode }: ClosingNoteRules): ConversationRefusal | undefined {
  if (mode === 'off' || mode === 'optional') return undefined;
  if (categoryId === undefined) return { code: 'category-required' };
  return mode === 'both' && summary === undefined ? { code: 'summary-required' } : undefined;
}
