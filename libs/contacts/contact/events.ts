import { assignmentEvents } from './events/assignment.js';
import type { ContactAssigned, ContactUnassigned } from './events/assignment.js';
import { attributesEvents } from './events/attributes.js';
import type { AttributeCleared, AttributeSet, VipMarked, VipUnmarked } from './events/attributes.js';
import { blockingEvents } from './events/blocking.js';
import type { ContactBlocked, ContactUnblocked, InboundMessageBlocked } from './events/blocking.js';
import { creationEvents } from './events/creation.js';
import type {
  ContactCreated,
  ContactRenamed,
  ContactSeenOnChannel,
  IdentityAttached,
  ProfileNameChanged,
} from './events/creation.js';
import { deletionEvents } from './events/deletion.js';
import type { ContactDeletionRequested } from './events/deletion.js';
import { mergingEvents } from './events/merging.js';
import type { ContactGivenBack, ContactHandedOver, ContactsMerged, MergeUndone } from './events/merging.js';
import { notesEvents } from './events/notes.js';
import type { ContactNoteAdded, ContactNoteEdited, ContactNoteRemoved } from './events/notes.js';

export const contactStream = (contactId: string): string => `contact-${contactId}`;

export type ContactEvent =
  | ContactCreated
  | IdentityAttached
  | ContactSeenOnChannel
  | ProfileNameChanged
  | ContactRenamed
  | AttributeSet
  | AttributeCleared
  | VipMarked
  | VipUnmarked
  | ContactNoteAdded
  | ContactNoteEdited
  | ContactNoteRemoved
  | ContactAssigned
  | ContactUnassigned
  | ContactBlocked
  | ContactUnblocked
  | InboundMessageBlocked
  | ContactHandedOver
  | ContactGivenBack
  | ContactsMerged
  | MergeUndone
  | ContactDeletionRequested;

export const contactEvents = {
  categories: ['contact'],
  definitions: [
    ...creationEvents,
    ...attributesEvents,
    ...notesEvents,
    ...assignmentEvents,
    ...blockingEvents,
    ...mergingEvents,
    ...deletionEvents,
  ],
};
