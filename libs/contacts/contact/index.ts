export type { AssignContact, ClaimedIdentity, UnassignContact } from './commands.js';
export type { Creation, CreationRefusal, NewContact } from './create-by-hand.js';
export { assigneeBetween } from './decide/assignment.js';
export { contactEvents, contactStream } from './events.js';
export type { ContactEvent } from './events.js';
export { valueSources } from './events/attributes.js';
export type { ValueSource } from './events/attributes.js';
export type { BorrowedValue } from './events/merging.js';
export { givenIdentityRefusals } from './given-identity.js';
export type { GivenIdentity } from './given-identity.js';
export { contactFacts, contactTraits, primaryFacts } from './contact-facts.js';
export type { ContactFacts, OwnedIdentity } from './contact-facts.js';
export { contactHandlers } from './handlers.js';
export { ClearAttribute, MarkVip, SetAttribute, UnmarkVip } from './handlers/attributes.js';
export { UnblockContact } from './handlers/blocking.js';
export { CreateContact, RenameContact } from './handlers/creation.js';
export { AddContactNote, EditContactNote, RemoveContactNote } from './handlers/notes.js';
export {
  blockContact,
  ensureContact,
  expireValue,
  recordBlockedMessage,
  recordProfile,
  requestDeletion,
  settleContactAssignee,
} from './neighbours.js';
export { seesContact } from './visibility.js';
export { continueMerge, joinContacts } from './join-contacts.js';
export { findMerge, mergeRefusals, secondaryOf } from './merge.js';
export type { Merge, MergeOutcome, MergePorts, MergeRefusal } from './merge.js';
export { giveBack, partContacts } from './part-contacts.js';
export { settleIdentity } from './settle-identity.js';
export { contactRefusals } from './refusals.js';
export type { ContactRefusal } from './refusals.js';
export { namedSources } from './source.js';
export type { NamedSource } from './source.js';
export type { ContactAssignee, ContactIdentity, KnownContact } from './known-contact.js';
export { isSameValue } from './known-contact.js';
