export { contactsModel } from './document.js';
export type { ContactDocument } from './document.js';
export { contactsProjection } from './project.js';
export { contactView, isBeingDeleted, showsAttribute, visibleContacts } from './queries.js';
export type { AttributeItem, ContactView } from './queries.js';
