import { defineProjection } from '#event-sourcing';
import type { ProjectionStep } from '#event-sourcing';
import type { RedactionEvent } from '../redactions/index.js';
import { redactionsIndexes, redactionsModel, redactionsSchema } from './document.js';
import type { RedactionDocument } from './document.js';

const step: ProjectionStep<RedactionDocument, RedactionEvent, never> = {
  key: ({ data }) => data.redactionId,
  project: (_document, { data: { contactId, subjectId, eventIds } }) => ({ contactId, subjectId, eventIds }),
};

/** DEL-8: every redaction of a living contact, so that all can be held against the key store. */
export const redactionsProjection = defineProjection<RedactionDocument, RedactionEvent>({
  name: redactionsModel,
  schema: redactionsSchema,
  indexes: redactionsIndexes,
  owners: (_id, { contactId, subjectId }) => [contactId, subjectId],
  on: {
    MessageRedacted: step,
    InternalNoteRedacted: step,
    ContactNoteRedacted: step,
    AttributeValuesRedacted: step,
  },
});
