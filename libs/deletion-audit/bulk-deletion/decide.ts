import { holds } from '#event-sourcing';
import type { Decider } from '#event-sourcing';
import type { BulkDeletionCommand, ConfirmBulkDeletion, SelectedContact, SettleContact } from './commands.js';
import type { BulkDeletionEvent, ContactsSelectedForDeletion } from './events.js';
import type { BulkDeletionRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { BulkDeletionState } from './state.js';

type Decision = readonly BulkDeletionEvent[] | BulkDeletionRefusal;

/** One append holds a job's contacts, merged ones counted; more would not fit into it. */
export const mostContacts = 10_000;
/** A part, merged contacts counted, is an instance of the workflow, whose state is written with each contact. */
export const contactsOfPart = 100;

/** DEL-7: which contacts a confirmed job deletes, and how far it is. */
export const bulkDeletionDecider: Decider<
  BulkDeletionCommand,
  BulkDeletionEvent,
  BulkDeletionState,
  BulkDeletionRefusal
> = {
  initial,
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'ConfirmBulkDeletion':
        return state.phase === 'unknown' ? confirm(command) : [];
      case 'SettleContact':
        return settle(command, state);
      case 'CancelBulkDeletion': {
        if (state.phase === 'unknown') return { code: 'unknown-job' };
        if (state.phase === 'cancelled') return [];
        if (state.left === 0) return { code: 'job-over' };
        return [{ type: 'BulkDeletionCancelled', data: { jobId: command.jobId, parts: state.parts } }];
      }
    }
  },
};

function confirm(command: ConfirmBulkDeletion): Decision {
  const { jobId, contacts, count, reason, reasons } = command;
  if (!reasons.includes(reason)) return { code: 'unknown-reason', reason };
  if (contacts.length !== count) return { code: 'count-changed', count: contacts.length };
  if (command.fingerprint !== command.shown) return { code: 'selection-changed' };
  const all = contacts.reduce((sum, { mergedIds }) => sum + 1 + mergedIds.length, 0);
  if (all > mostContacts) return { code: 'too-many-contacts', count: all, most: mostContacts };
  const parts = partsOf(contacts);
  const selected = parts.map((part, place) => selectedFor(command, part, place));
  return [{ type: 'BulkDeletionConfirmed', data: { jobId, count, parts: parts.length, reason } }, ...selected];
}

function partsOf(contacts: readonly SelectedContact[]): readonly (readonly SelectedContact[])[] {
  const parts: SelectedContact[][] = [];
  let left = 0;
  for (const contact of contacts) {
    const ids = 1 + contact.mergedIds.length;
    if (ids > left) {
      parts.push([]);
      left = contactsOfPart;
    }
    parts.at(-1)?.push(contact);
    left -= ids;
  }
  return parts;
}

function selectedFor(
  { jobId, reason, actor, adminName, inactiveSince }: ConfirmBulkDeletion,
  contacts: readonly SelectedContact[],
  part: number,
): ContactsSelectedForDeletion {
  const contactIds = contacts.map(({ contactId }) => contactId);
  const mergedIds = contacts.flatMap((contact) => contact.mergedIds);
  const terms = { reason, adminId: actor.id, adminName, ...(inactiveSince !== undefined && { inactiveSince }) };
  return { type: 'ContactsSelectedForDeletion', data: { jobId, part, contactIds, mergedIds, ...terms } };
}

function settle({ jobId, part, contactId, outcome }: SettleContact, state: BulkDeletionState): Decision {
  if (state.phase === 'unknown') return { code: 'unknown-job' };
  if (holds(state.settled, contactId)) return [];
  if (outcome === 'deleted') return [{ type: 'SelectedContactDeleted', data: { jobId, part, contactId } }];
  return [{ type: 'SelectedContactKept', data: { jobId, part, contactId, because: outcome } }];
}
