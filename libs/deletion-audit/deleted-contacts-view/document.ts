import type { IndexDeclaration } from '#event-sourcing';
import type { DeletionCounts } from '../audit/events.js';

export const deletedContactsModel = 'deletedContacts';
export const deletedContactsSchema = 3;
export const notRecorded = -1;

/** One deletion; its id is the erasure's. Owned by nobody: it is what stays. */
export interface DeletedContactDocument {
  readonly state: 'erasing' | 'unreadable' | 'removed';
  readonly contactIds: readonly string[];
  readonly hint: string;
  readonly platforms: readonly string[];
  readonly requestedAt: string;
  /** When the last key and the last document were gone. */
  readonly unreadableAt: string | null;
  /** When the last byte was gone. */
  readonly completedAt: string | null;
  readonly adminId: string;
  readonly adminName: string;
  readonly reason: string;
  readonly counts: DeletionCounts;
  /** Place in the stream `deleted-contacts`; `notRecorded`: the entry is still to come. */
  readonly revision: number;
  readonly previousHash: string;
  readonly hash: string;
}

export const deletedContactsIndexes: readonly IndexDeclaration[] = [
  { key: { revision: -1 } },
  { key: { contactIds: 1 } },
];
