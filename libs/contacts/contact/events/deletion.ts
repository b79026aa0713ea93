import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/**
 * An admin had the contact deleted: the stream is sealed, and the erasure takes what it needs for the audit from here.
 */
export type ContactDeletionRequested = DomainEvent<
  'ContactDeletionRequested',
  {
    readonly contactId: string;
    readonly erasureId: string;
    /** Those that were merged into it and go with it: of them no deletion is requested. */
    readonly mergedIds?: readonly string[];
    /** The contact's hint as the admin repeated it. */
    readonly hint: string;
    readonly reason: string;
    readonly note?: string;
    /** The admin's name at the time. */
    readonly adminName: string;
  }
>;

export const deletionEvents = [
  defineEvent<ContactDeletionRequested>({
    type: 'ContactDeletionRequested',
    version: 1,
    sentence: 'An admin had the contact deleted: the stream is sealed, the erasure starts from here.',
    fields: {
      contactId: field('id'),
      erasureId: field('id'),
      mergedIds: field('id', { list: true, optional: true }),
      hint: personal('contactId'),
      reason: field('code'),
      note: personal('contactId', 'text', { optional: true }),
      adminName: field('staff'),
    },
  }),
];
