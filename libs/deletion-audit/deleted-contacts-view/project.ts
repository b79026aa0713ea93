import { defineProjection } from '#event-sourcing';
import type { ContactEvent } from '#contacts/contact';
import type { AuditEvent } from '../audit/index.js';
import { deletedContactsIndexes, deletedContactsModel, deletedContactsSchema, notRecorded } from './document.js';
import type { DeletedContactDocument } from './document.js';

type DeletionRequested = Extract<ContactEvent, { type: 'ContactDeletionRequested' }>;

const notCounted = { identities: 0, conversations: 0, messages: 0, notes: 0, attributes: 0 };

/** The deletions for people to look through; the stream stays the proof. */
export const deletedContactsProjection = defineProjection<DeletedContactDocument, AuditEvent | DeletionRequested>({
  name: deletedContactsModel,
  schema: deletedContactsSchema,
  indexes: deletedContactsIndexes,
  owners: () => [],
  on: {
    // The entry follows within moments; until then whoever asked already finds the erasure.
    ContactDeletionRequested: {
      key: ({ data }) => data.erasureId,
      project: (document, { data, metadata }) =>
        document ?? {
          state: 'erasing',
          contactIds: [data.contactId],
          hint: data.hint,
          platforms: [],
          requestedAt: metadata.at,
          unreadableAt: null,
          completedAt: null,
          adminId: metadata.actor.id,
          adminName: data.adminName,
          reason: data.reason,
          counts: notCounted,
          revision: notRecorded,
          previousHash: '',
          hash: '',
        },
    },
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
