import { defineProjection } from '#event-sourcing';
import type { BulkDeletionEvent } from '../bulk-deletion/index.js';
import { jobsIndexes, jobsModel, jobsSchema } from './document.js';
import type { JobDocument } from './document.js';

/** DEL-7: how far each job is. */
export const jobsProjection = defineProjection<JobDocument, BulkDeletionEvent>({
  name: jobsModel,
  schema: jobsSchema,
  indexes: jobsIndexes,
  owners: () => [],
  on: {
    BulkDeletionConfirmed: {
      key: ({ data }) => data.jobId,
      project: (_document, { data: { count, reason }, metadata: { actor, at } }) => ({
        state: count === 0 ? 'done' : 'running',
        reason,
        requestedBy: actor,
        requestedAt: at,
        endedAt: count === 0 ? at : null,
        total: count,
        deleted: 0,
        kept: 0,
      }),
    },
    SelectedContactDeleted: {
      key: ({ data }) => data.jobId,
      project: (document, { metadata }) =>
        document && counted({ ...document, deleted: document.deleted + 1 }, metadata.at),
    },
    SelectedContactKept: {
      key: ({ data }) => data.jobId,
      project: (document, { metadata }) => document && counted({ ...document, kept: document.kept + 1 }, metadata.at),
    },
    BulkDeletionCancelled: {
      key: ({ data }) => data.jobId,
      project: (document, { metadata }) => document && { ...document, state: 'cancelled', endedAt: metadata.at },
    },
  },
});

function counted(document: JobDocument, at: string): JobDocument {
  const over = document.deleted + document.kept === document.total && document.state === 'running';
  return over ? { ...document, state: 'done', endedAt: at } : document;
}
