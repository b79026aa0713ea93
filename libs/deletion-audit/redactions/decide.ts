import { holds } from '#event-sourcing';
import type { Decider } from '#event-sourcing';
import type { Redact } from './commands.js';
import type { RedactionEvent } from './events.js';
import type { RedactionRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { RedactionState } from './state.js';

/** DEL-8: what is unreadable already is not made so again. */
export const redactionDecider: Decider<Redact, RedactionEvent, RedactionState, RedactionRefusal> = {
  initial,
  evolve,
  decide({ redactionId, contactId, subjectId, eventIds: found, position, target }, { gone }) {
    const eventIds = found.filter((id) => !holds(gone, id));
    if (eventIds.length === 0) return [];
    const redacted = { redactionId, contactId, subjectId, eventIds };
    switch (target.kind) {
      case 'message': {
        const { conversationId, messageId } = target;
        return [{ type: 'MessageRedacted', data: { ...redacted, conversationId, messageId, position } }];
      }
      case 'internal-note': {
        const { conversationId, noteId } = target;
        return [{ type: 'InternalNoteRedacted', data: { ...redacted, conversationId, noteId } }];
      }
      case 'contact-note':
        return [{ type: 'ContactNoteRedacted', data: { ...redacted, noteId: target.noteId } }];
      case 'value': {
        const { alias, medium } = target;
        return [{ type: 'AttributeValuesRedacted', data: { ...redacted, alias, ...(medium && { medium }) } }];
      }
    }
  },
};
