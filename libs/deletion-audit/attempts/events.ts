import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream holds the refused deletions. */
export const deletionAttemptsStream = 'deletion-attempts';

/** Why a deletion was refused: the repeated hint is wrong, or has changed since it was read. */
export type WrongHint = 'hint-mismatch' | 'hint-changed';

/** An admin repeated a wrong hint. What was typed is kept nowhere. Five in ten minutes stop the admin for a while. */
export type DeletionRefused = DomainEvent<
  'DeletionRefused',
  {
    readonly contactId: string;
    readonly adminId: string;
    readonly refusedAt: string;
    readonly because: WrongHint;
  }
>;

export const attemptsEvents = {
  categories: [deletionAttemptsStream],
  definitions: [
    defineEvent<DeletionRefused>({
      type: 'DeletionRefused',
      version: 1,
      sentence: 'An admin repeated a wrong hint; five in ten minutes stop the admin for a while.',
      fields: {
        contactId: field('id'),
        adminId: field('id'),
        refusedAt: field('instant'),
        because: field('code'),
      },
    }),
  ],
};
