import type { Close, CloseAutomatically, ClosingNoteRules, EditClosingNote } from '../commands.js';
import type { ConversationRefusal } from '../refusals.js';
import { hasBegun, noteOf } from '../state.js';
import type { ClosingNote, ConversationState, OpenConversationState } from '../state.js';
import { sees } from './access.js';
import type { Decision } from './decision.js';

/** CNV-8, CNV-9. */
export function close(command: Close, state: OpenConversationState): Decision {
  const { conversationId, contactId } = state;
  const note = noteOf(command);
  const refusal = noteRefusal(note, command.rules);
  if (refusal) return refusal;
  const cause = command.actor.role === 'service' ? 'service' : 'user';
  return [{ type: 'ConversationClosed', data: { conversationId, contactId, ...note, cause } }];
}

/** CNV-8: by a merge or a block. What is closed already stays as it is. */
export function closeAutomatically({ cause }: CloseAutomatically, state: ConversationState): Decision {
  if (state.phase !== 'open') return [];
  const { conversationId, contactId } = state;
  return [{ type: 'ConversationClosed', data: { conversationId, contactId, cause } }];
}

/** CNV-9: the only thing of a closed conversation that changes. */
export function editClosingNote(command: EditClosingNote, state: ConversationState): Decision {
  if (!hasBegun(state) || !sees(command.access, state)) return { code: 'not-found' };
  if (state.phase === 'open') return { code: 'not-closed' };
  const { conversationId, contactId, note } = state;
  const { categoryId = note.categoryId ?? null, summary = note.summary ?? null } = command;
  const edited: ClosingNote = { ...(categoryId !== null && { categoryId }), ...(summary !== null && { summary }) };
  if (edited.categoryId === note.categoryId && edited.summary === note.summary) return [];
  const refusal = noteRefusal(edited, command.rules);
  return refusal ?? [{ type: 'ClosingNoteEdited', data: { conversationId, contactId, ...edited } }];
}

/** Why the note cannot be taken in the admin's mode; `undefined`: it can. */
function noteRefusal({ categoryId, summary }: ClosingNote, rules: ClosingNoteRules): ConversationRefusal | undefined {
  if (rules.mode === 'off') {
    return categoryId === undefined && summary === undefined ? undefined : { code: 'closing-note-off' };
  }
  if (categoryId !== undefined && !rules.categoryIds.has(categoryId)) return { code: 'unknown-category', categoryId };
  if (rules.mode === 'optional') return undefined;
  if (categoryId === undefined) return { code: 'category-required' };
  return rules.mode === 'both' && summary === undefined ? { code: 'summary-required' } : undefined;
}
