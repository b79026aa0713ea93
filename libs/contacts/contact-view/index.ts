export { contactsProjection } from './project.js';
export { contactView, showsAttribute } from './queries.js';
export type { AttributeItem, ContactView } from './queries.js';
