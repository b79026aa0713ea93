import { attemptsEvents } from './attempts/index.js';
import { auditEvents } from './audit/index.js';
import { bulkDeletionEvents } from './bulk-deletion/index.js';
import { contactErasure } from './contact-erasure/index.js';
import { deletedContactsProjection } from './deleted-contacts-view/index.js';
import { jobsProjection } from './jobs-view/index.js';
import { redactionEvents } from './redactions/index.js';
import { redactionsProjection } from './redactions-view/index.js';
import { bulkDeletion } from './when-bulk-deletion-confirmed-then-delete-each/index.js';
import { redactOutlivedValues } from './when-outlived-value-is-cleared-then-redact/index.js';
import { whenRedactedThenPuncture } from './when-redacted-then-puncture/index.js';
import { removal } from './when-unreadable-then-remove/index.js';

export { DeletionAuditModule } from './deletion-audit.module.js';

/** The context's part of the catalogue. */
export const deletionAuditEvents = {
  categories: [
    ...auditEvents.categories,
    ...attemptsEvents.categories,
    ...redactionEvents.categories,
    ...bulkDeletionEvents.categories,
  ],
  definitions: [
    ...auditEvents.definitions,
    ...attemptsEvents.definitions,
    ...redactionEvents.definitions,
    ...bulkDeletionEvents.definitions,
  ],
};

/** The context's read models. */
export const deletionAuditProjections = [deletedContactsProjection, redactionsProjection, jobsProjection];

/** The context's workflows. */
export const deletionAuditWorkflows = [
  contactErasure,
  bulkDeletion,
  removal,
  whenRedactedThenPuncture,
  redactOutlivedValues,
];
