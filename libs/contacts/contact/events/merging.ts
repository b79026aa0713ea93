import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** A value that a contact shows and another one owns: it is read there, never copied. */
export interface BorrowedValue {
  readonly alias: string;
  /** The owner. */
  readonly contactId: string;
}

/**
 * The contact goes into another one and takes no commands of its own from now on; what its identities tell and what is
 * done to its notes is still recorded here. The merge is in force when the primary has recorded it, too.
 */
export type ContactHandedOver = DomainEvent<
  'ContactHandedOver',
  {
    readonly contactId: string;
    readonly mergeId: string;
    readonly primaryId: string;
    /** Whose value was chosen for each attribute of which both have one. */
    readonly winners: readonly BorrowedValue[];
  }
>;
/** The contact stands alone again: the merge was undone, or never came into force. */
export type ContactGivenBack = DomainEvent<
  'ContactGivenBack',
  { readonly contactId: string; readonly mergeId: string }
>;
/** The contact speaks for the secondary from now on: for its identities, notes and conversations. */
export type ContactsMerged = DomainEvent<
  'ContactsMerged',
  {
    readonly contactId: string;
    readonly mergeId: string;
    readonly secondaryId: string;
    /** The secondary, and what was merged into it before. */
    readonly contactIds: readonly string[];
    /** The attributes whose values the secondary brings. */
    readonly values: readonly BorrowedValue[];
    /** The VIP mark came with the secondary. */
    readonly bringsVip: boolean;
  }
>;
/** The secondary stands alone again, with all that is its own. */
export type MergeUndone = DomainEvent<
  'MergeUndone',
  {
    readonly contactId: string;
    readonly mergeId: string;
    readonly secondaryId: string;
    readonly contactIds: readonly string[];
  }
>;

export const mergingEvents = [
  defineEvent<ContactHandedOver>({
    type: 'ContactHandedOver',
    version: 1,
    sentence: 'The contact goes into another one and takes no commands of its own from now on.',
    fields: { contactId: field('id'), mergeId: field('id'), primaryId: field('id'), winners: field('json') },
  }),
  defineEvent<ContactGivenBack>({
    type: 'ContactGivenBack',
    version: 1,
    sentence: 'The contact stands alone again: the merge was undone, or never came into force.',
    fields: { contactId: field('id'), mergeId: field('id') },
  }),
  defineEvent<ContactsMerged>({
    type: 'ContactsMerged',
    version: 1,
    sentence: 'The contact speaks for the secondary from now on: for its identities, notes and conversations.',
    fields: {
      contactId: field('id'),
      mergeId: field('id'),
      secondaryId: field('id'),
      contactIds: field('id', { list: true }),
      values: field('json'),
      bringsVip: field('boolean'),
    },
  }),
  defineEvent<MergeUndone>({
    type: 'MergeUndone',
    version: 1,
    sentence: 'The secondary stands alone again, with all that is its own.',
    fields: {
      contactId: field('id'),
      mergeId: field('id'),
      secondaryId: field('id'),
      contactIds: field('id', { list: true }),
    },
  }),
];
