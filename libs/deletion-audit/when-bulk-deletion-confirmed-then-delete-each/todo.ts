import type { Recorded, ToDo } from '#event-sourcing';
import type { BulkDeletionEvent } from '../bulk-deletion/index.js';

/** One instance per part of a job. */
export interface PartState {
  readonly part: number;
  readonly contactIds: readonly string[];
  /** Those that go with one of them; whoever else was merged in since then saves it. */
  readonly mergedIds: readonly string[];
  readonly reason: string;
  readonly adminId: string;
  readonly adminName: string;
  /** `null`: not by retention. */
  readonly inactiveSince: string | null;
}

export interface DeleteContact extends ToDo, Omit<PartState, 'contactIds'> {
  readonly contactId: string;
}

export const initial: PartState = {
  part: 0,
  contactIds: [],
  mergedIds: [],
  reason: '',
  adminId: '',
  adminName: '',
  inactiveSince: null,
};

export const keyOf = (jobId: string, part: number): string => `${jobId}/${part}`;

export function evolve(state: PartState, event: Recorded<BulkDeletionEvent>): PartState {
  switch (event.type) {
    case 'ContactsSelectedForDeletion': {
      const { part, contactIds, mergedIds, reason, adminId, adminName, inactiveSince = null } = event.data;
      return { part, contactIds, mergedIds, reason, adminId, adminName, inactiveSince };
    }
    case 'SelectedContactDeleted':
    case 'SelectedContactKept':
      return { ...state, contactIds: state.contactIds.filter((contactId) => contactId !== event.data.contactId) };
    case 'BulkDeletionCancelled':
      return initial;
    case 'BulkDeletionConfirmed':
      return state;
  }
}

/** One after another: an audit is easier to follow, and the event store is left to the others. */
export function react({ contactIds, ...terms }: PartState): readonly DeleteContact[] {
  return contactIds.map((contactId) => ({ id: contactId, name: 'delete contact', contactId, ...terms }));
}
