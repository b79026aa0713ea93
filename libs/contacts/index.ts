import { attributeHistoryProjection } from './attribute-history/index.js';
import { contactNotesProjection } from './contact-notes/index.js';
import { contactsProjection } from './contact-view/index.js';
import { contactEvents } from './contact/index.js';
import { identityEvents } from './identity/index.js';
import { openClaimsProjection } from './open-claims/index.js';
import { clearOutlivedValues } from './when-retention-is-over-then-clear/index.js';

export { ContactsModule } from './contacts.module.js';

/** The context's part of the catalogue. */
export const contactsEvents = {
  categories: [...contactEvents.categories, ...identityEvents.categories],
  definitions: [...contactEvents.definitions, ...identityEvents.definitions],
};

/** The context's read models. */
export const contactsProjections = [
  contactsProjection,
  contactNotesProjection,
  attributeHistoryProjection,
  openClaimsProjection,
];

/** The context's workflows. */
export const contactsWorkflows = [clearOutlivedValues];
