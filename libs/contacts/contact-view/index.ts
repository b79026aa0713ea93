export { contactsProjection } from './project.js';
export { contactView } from './queries.js';
export type { AttributeItem, ContactView } from './queries.js';
