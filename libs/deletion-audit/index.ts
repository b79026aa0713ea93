import { attemptsEvents } from './attempts/index.js';
import { auditEvents } from './audit/index.js';
import { deletedContactsProjection } from './deleted-contacts-view/index.js';

export { DeletionAuditModule } from './deletion-audit.module.js';

/** The context's part of the catalogue. */
export const deletionAuditEvents = {
  categories: [...auditEvents.categories, ...attemptsEvents.categories],
  definitions: [...auditEvents.definitions, ...attemptsEvents.definitions],
};

/** The context's read models. */
export const deletionAuditProjections = [deletedContactsProjection];
