import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

export const bulkDeletionStream = (jobId: string): string => `bulk-${jobId}`;

/** An admin has confirmed that so many contacts are deleted; they are named in the parts that follow. */
export type BulkDeletionConfirmed = DomainEvent<
  'BulkDeletionConfirmed',
  { readonly jobId: string; readonly count: number; readonly parts: number; readonly reason: string }
>;
/** A part of the contacts, with what deleting each of them needs. */
export type ContactsSelectedForDeletion = DomainEvent<
  'ContactsSelectedForDeletion',
  {
    readonly jobId: string;
    readonly part: number;
    readonly contactIds: readonly string[];
    /** Those that were merged into one of them: nobody else goes with them. */
    readonly mergedIds: readonly string[];
    readonly reason: string;
    readonly adminId: string;
    readonly adminName: string;
    /** Retention: who had a conversation since then is kept. */
    readonly inactiveSince?: string;
  }
>;
/** The deletion of one of the contacts was requested; its erasure is a matter of its own. */
export type SelectedContactDeleted = DomainEvent<
  'SelectedContactDeleted',
  { readonly jobId: string; readonly part: number; readonly contactId: string }
>;
/** One of the contacts was left alone: it was gone already, had a conversation since, or was merged with another. */
export type SelectedContactKept = DomainEvent<
  'SelectedContactKept',
  { readonly jobId: string; readonly part: number; readonly contactId: string; readonly because: KeptBecause }
>;
export type KeptBecause = 'gone' | 'active' | 'merged';
/** Nobody more is deleted; who was, stays deleted. */
export type BulkDeletionCancelled = DomainEvent<
  'BulkDeletionCancelled',
  { readonly jobId: string; readonly parts: number }
>;

export type BulkDeletionEvent =
  | BulkDeletionConfirmed
  | ContactsSelectedForDeletion
  | SelectedContactDeleted
  | SelectedContactKept
  | BulkDeletionCancelled;

const ofContact = { jobId: field('id'), part: field('number'), contactId: field('id') };

export const bulkDeletionEvents = {
  categories: ['bulk'],
  definitions: [
    defineEvent<BulkDeletionConfirmed>({
      type: 'BulkDeletionConfirmed',
      version: 1,
      sentence: 'An admin has confirmed that so many contacts are deleted; they are named in the parts that follow.',
      fields: { jobId: field('id'), count: field('number'), parts: field('number'), reason: field('code') },
    }),
    defineEvent<ContactsSelectedForDeletion>({
      type: 'ContactsSelectedForDeletion',
      version: 1,
      sentence: 'A part of the contacts of a bulk deletion; a workflow deletes one after another.',
      fields: {
        jobId: field('id'),
        part: field('number'),
        contactIds: field('id', { list: true }),
        mergedIds: field('id', { list: true }),
        reason: field('code'),
        adminId: field('id'),
        adminName: field('staff'),
        inactiveSince: field('instant', { optional: true }),
      },
    }),
    defineEvent<SelectedContactDeleted>({
      type: 'SelectedContactDeleted',
      version: 1,
      sentence: 'The deletion of one of the contacts was requested.',
      fields: ofContact,
    }),
    defineEvent<SelectedContactKept>({
      type: 'SelectedContactKept',
      version: 1,
      sentence:
        'One of the contacts was left alone: it was gone already, had a conversation since, or was merged with another.',
      fields: { ...ofContact, because: field('code') },
    }),
    defineEvent<BulkDeletionCancelled>({
      type: 'BulkDeletionCancelled',
      version: 1,
      sentence: 'Nobody more is deleted by this job; who was, stays deleted.',
      fields: { jobId: field('id'), parts: field('number') },
    }),
  ],
};
