import { defineProjection } from '#event-sourcing';
import type { AuditEvent } from '../audit/events.js';
import { deletedContactsIndexes, deletedContactsModel, deletedContactsSchema } from './document.js';
import type { DeletedContactDocument } from './document.js';

/** The deletions for people to look through; the stream stays the proof. */
export const deletedContactsProjection = defineProjection<DeletedContactDocument, AuditEvent>({
  name: deletedContactsModel,
  schema: deletedContactsSchema,
  indexes: deletedContactsIndexes,
  owners: () => [],
  on: {
    ContactDeleted: {
      key: ({ data }) => data.erasureId,
      project: (_document, { data, revision }) => ({
        state: 'erasing',
        contactIds: data.contactIds,
        hint: data.hint,
        platforms: data.platforms,
        requestedAt: data.requestedAt,
        unreadableAt: null,
        completedAt: null,
        adminId: data.adminId,
        adminName: data.adminName,
        reason: data.reason,
        counts: data.counts,
        revision,
        previousHash: data.previousHash,
        hash: data.hash,
      }),
    },
    ContactMadeUnreadable: {
      key: ({ data }) => data.erasureId,
      project: (document, { data }) =>
        document && { ...document, state: 'unreadable', unreadableAt: data.unreadableAt },
    },
    ErasureCompleted: {
      key: ({ data }) => data.erasureId,
      project: (document, { data }) => document && { ...document, state: 'removed', completedAt: data.completedAt },
    },
  },
});
