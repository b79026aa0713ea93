import { defineProjection, removed } from '#event-sourcing';
import type { RecordedEvent } from '#event-sourcing';
import { accessStream } from '../accesses/events.js';
import type { AccessEvent } from '../accesses/events.js';
import { accessEntryId, accessLogIndexes, accessLogModel, accessLogSchema } from './document.js';
import type { AccessDocument } from './document.js';

/** HIS-8: an entry for each reading. An erasure takes those of its contact. */
export const accessLogProjection = defineProjection<AccessDocument, AccessEvent>({
  name: accessLogModel,
  schema: accessLogSchema,
  indexes: accessLogIndexes,
  owners: (_id, { contactId }) => (contactId === null ? [] : [contactId]),
  on: {
    ContactRead: {
      key: placeOf,
      project: (_document, { data: { contactId, what, reason, times }, metadata: { actor, at } }) => ({
        at,
        actor,
        contactId,
        what,
        stream: null,
        types: [],
        reason: reason ?? null,
        sealedReason: null,
        times,
      }),
    },
    PersonalDataRevealed: {
      key: placeOf,
      project: (_document, { data: { what, stream, types, reason }, metadata: { actor, at } }) => ({
        at,
        actor,
        contactId: null,
        what,
        stream: stream ?? null,
        types,
        reason: null,
        sealedReason: reason,
        times: 1,
      }),
    },
    AccessesForgotten: {
      key: ({ data: { day, first, count } }) =>
        Array.from({ length: count }, (_, index) => accessEntryId(day, first + index)),
      project: (document) => document && removed,
    },
  },
});

function placeOf({ stream, revision }: RecordedEvent): string {
  return accessEntryId(stream.slice(accessStream('').length), revision);
}
