import { defineProjection } from '#event-sourcing';
import type { ProjectionStep, Recorded } from '#event-sourcing';
import type { ConversationFactsRetained } from '../retained-facts/events.js';
import { conversationFactsIndexes, conversationFactsModel, conversationFactsSchema } from './document.js';
import type { ConversationFactsDocument } from './document.js';
import { evolveFacts } from './fold.js';
import type { FactsEvent } from './fold.js';

const step: ProjectionStep<ConversationFactsDocument, FactsEvent, never> = {
  key: ({ data }) => data.conversationId,
  project(document, event) {
    const before = document?.growing ? { ...document.growing, facts: document.facts } : undefined;
    // The map below names the types of `FactsEvent`, and no others.
    const after = evolveFacts(before, event as Recorded<FactsEvent>);
    if (!after) return undefined;
    const { facts, ...growing } = after;
    return { facts, growing: { ...growing, contactId: event.data.contactId } };
  },
};

/** HIS-6: the facts of each conversation; of erased contacts those that were retained. */
export const conversationFactsProjection = defineProjection<
  ConversationFactsDocument,
  FactsEvent | ConversationFactsRetained
>({
  name: conversationFactsModel,
  schema: conversationFactsSchema,
  indexes: conversationFactsIndexes,
  owners: (_id, { growing }) => (growing ? [growing.contactId] : []),
  on: {
    ConversationOpened: step,
    MessageReceived: step,
    ReplyWritten: step,
    ConversationAnswered: step,
    WaitingResumed: step,
    WaitingTakenOver: step,
    ConversationDivided: step,
    ConversationSnoozed: step,
    SnoozeEnded: step,
    ConversationAssigned: step,
    ConversationClosed: step,
    ClosingNoteEdited: step,
    ConversationFactsRetained: {
      key: ({ data }) => data.factsId,
      project: (_document, { data: { facts } }) => ({ facts, growing: null }),
    },
  },
});
