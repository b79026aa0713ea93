export { contactsModel } from './document.js';
export type { ContactDocument } from './document.js';
export { contactsProjection } from './project.js';
export { contactInTurn, contactsInTurn } from './in-turn.js';
export type { ContactInTurn } from './in-turn.js';
export { mergePreview } from './merge-preview.js';
export type { MergePreview } from './merge-preview.js';
export { speakerIdsFor, speakersFor } from './merged.js';
export type { WholeContact } from './merged.js';
export {
  contactsShown,
  contactView,
  isBeingDeleted,
  showsAttribute,
  visibleContact,
  visibleContacts,
} from './queries.js';
export type { AttributeItem, ContactShown, ContactView, VisibleContact } from './queries.js';
