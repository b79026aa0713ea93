import type { Decider } from '#event-sourcing';
import type { ContactCommand, GiveBackContact, RequestDeletion, TouchingCommand } from './commands.js';
import { assignContact, unassignContact } from './decide/assignment.js';
import { clearAttribute, expireValue, markVip, recordProfile, setAttribute, unmarkVip } from './decide/attributes.js';
import { block, recordBlockedMessage, unblock } from './decide/blocking.js';
import { createContact, ensureContact } from './decide/creation.js';
import { absorb, giveBack, handOver, undoMerge } from './decide/merging.js';
import { addNote, editNote, removeNote } from './decide/notes.js';
import type { ContactEvent } from './events.js';
import type { ContactRefusal } from './refusals.js';
import { channelsOf } from './known-contact.js';
import { evolve, initial } from './state.js';
import type { KnownContact } from './known-contact.js';
import type { ContactState, MergedContact } from './state.js';
import { seesContact } from './visibility.js';

type Decision = readonly ContactEvent[] | ContactRefusal;

function decide(command: ContactCommand, state: ContactState): Decision {
  if (state.phase === 'deleting') return { code: 'contact-deleted' };
  if (command.type === 'GiveBackContact') return giveBack(command, state);
  if (state.phase === 'merged') return decideMerged(command, state);
  if (command.type === 'EnsureContact') return ensureContact(command, state);
  if (command.type === 'CreateContact') return createContact(command, state);
  if (state.phase === 'unknown') return { code: 'not-found' };
  switch (command.type) {
    case 'RecordProfile':
      return recordProfile(command, state);
    case 'RecordBlockedMessage':
      return recordBlockedMessage(command, state);
    case 'ExpireValue':
      return expireValue(command, state);
    case 'HandOverContact':
      return handOver(command, state);
    case 'AbsorbContact':
      return absorb(command, state);
    case 'RequestDeletion':
      return requestDeletion(command, state);
    default:
      return isVisible(command, state) ? touch(command, state) : { code: 'not-found' };
  }
}

/**
 * Of a merged contact goes on what is its own for good: what its identities tell, how long it is kept, and its notes.
 */
function decideMerged(command: Exclude<ContactCommand, GiveBackContact>, state: MergedContact): Decision {
  const { primaryId, mergeId, contact } = state;
  switch (command.type) {
    case 'EnsureContact':
      return ensureContact(command, contact);
    case 'RecordProfile':
      return recordProfile(command, contact);
    case 'ExpireValue':
      return expireValue(command, contact);
    case 'HandOverContact':
      return handOver(command, state);
    case 'EditContactNote':
      return command.throughPrimary
        ? editNote(command, contact)
        : { code: 'contact-merged', contactId: command.contactId, primaryId };
    case 'RemoveContactNote':
      return command.throughPrimary
        ? removeNote(command, contact)
        : { code: 'contact-merged', contactId: command.contactId, primaryId };
    case 'UndoMerge':
      return { code: 'later-merge-first', mergeId };
    default:
      return { code: 'contact-merged', contactId: command.contactId, primaryId };
  }
}

function touch(command: TouchingCommand, contact: KnownContact): Decision {
  switch (command.type) {
    case 'RenameContact':
      return command.name === contact.name
        ? []
        : [{ type: 'ContactRenamed', data: { contactId: command.contactId, name: command.name } }];
    case 'SetAttribute':
      return setAttribute(command, contact);
    case 'ClearAttribute':
      return clearAttribute(command, contact);
    case 'MarkVip':
      return markVip(command, contact);
    case 'UnmarkVip':
      return unmarkVip(command, contact);
    case 'AddContactNote':
      return addNote(command, contact);
    case 'EditContactNote':
      return editNote(command, contact);
    case 'RemoveContactNote':
      return removeNote(command, contact);
    case 'AssignContact':
      return assignContact(command, contact);
    case 'UnassignContact':
      return unassignContact(command, contact);
    case 'BlockContact':
      return block(command, contact);
    case 'UnblockContact':
      return unblock(command, contact);
    case 'UndoMerge':
      return undoMerge(command, contact);
  }
}

function isVisible({ access, actor }: TouchingCommand, contact: KnownContact): boolean {
  const { createdBy } = contact;
  return seesContact({ channelIds: channelsOf(contact), createdBy }, { userId: actor.id, channels: access });
}

/** DEL-1: only who repeats the hint means this contact. */
function requestDeletion(command: RequestDeletion, contact: KnownContact): Decision {
  const { contactId, erasureId, reason, note, adminName } = command;
  const { wholeHint: hint = contact.hint } = command;
  const typed = command.hint.trim().normalize('NFC');
  if (typed !== hint.normalize('NFC')) {
    const wasTrue = [contact.hint, ...contact.earlierHints].some((earlier) => earlier.normalize('NFC') === typed);
    return { code: wasTrue ? 'hint-changed' : 'hint-mismatch' };
  }
  // A merge since then brought somebody along whom the sender did not mean.
  const absorbed = contact.absorbed.flatMap(({ contactIds }) => contactIds);
  if (absorbed.some((id) => !command.mergedIds.includes(id))) return { code: 'hint-changed' };
  const data = { contactId, erasureId, ...(absorbed.length > 0 && { mergedIds: absorbed }), hint, reason, adminName };
  return [{ type: 'ContactDeletionRequested', data: note === undefined ? data : { ...data, note } }];
}

export const contactDecider: Decider<ContactCommand, ContactEvent, ContactState, ContactRefusal> = {
  initial,
  evolve,
  decide,
};
