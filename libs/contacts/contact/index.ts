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
export {
  AddContactNote,
  ClearAttribute,
  contactHandlers,
  CreateContact,
  EditContactNote,
  MarkVip,
  RemoveContactNote,
  RenameContact,
  SetAttribute,
  UnblockContact,
  UnmarkVip,
} from './handlers.js';
export {
  blockContact,
  contactFacts,
  contactTraits,
  ensureContact,
  expireValue,
  primaryFacts,
  recordBlockedMessage,
  recordProfile,
  requestDeletion,
  seesContact,
  settleContactAssignee,
} from './neighbours.js';
export type { ContactFacts, OwnedIdentity } from './neighbours.js';
export { continueMerge, findMerge, giveBack, joinContacts, mergeRefusals, partContacts, secondaryOf } from './merge.js';
export type { Merge, MergeOutcome, MergePorts, MergeRefusal } from './merge.js';
export { settleIdentity } from './settle-identity.js';
export { contactRefusals } from './refusals.js';
export type { ContactRefusal } from './refusals.js';
export { namedSources } from './source.js';
export type { NamedSource } from './source.js';
export type { ContactAssignee, ContactIdentity, KnownContact } from './state.js';
export { isSameValue } from './state.js';
