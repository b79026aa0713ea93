import type { Position, ToDo } from '#event-sourcing';
import type { ErasureState } from './todo.js';

/** What is done with each contact of an erasure, in this order. */
const stepsOfContact = [
  'seal-conversations',
  'keep-facts',
  'destroy-key',
  'remove-conversations',
  'remove-contact',
] as const;

/** The steps of an erasure; each can be done again after any interruption. */
export type ErasureStep = ToDo &
  (
    | { readonly name: 'record-deletion'; readonly contactId: string; readonly revision: number }
    | { readonly name: 'release-identities' | 'hand-back-messages'; readonly contactIds: readonly string[] }
    | {
        readonly name: (typeof stepsOfContact)[number];
        readonly contactId: string;
        /** All that are erased together. */
        readonly contactIds: readonly string[];
        /** Revision of the audit entry. */
        readonly entry: number;
      }
    | {
        readonly name: 'record-unreadable';
        readonly contactIds: readonly string[];
        /** Where the audit entry stands, at which every model forgets the contacts. */
        readonly purgedAt: Position;
      }
  );

/**
 * In the order of DEL-6: the audit entry before anything goes; identities are released before the chain is sealed, so
 * that a message which meets the seal finds nobody owning its identity and makes a new contact; what belongs to others
 * since a merge was undone goes to them before what holds it goes (`docs/adr/0039`); facts for metrics are
 * kept while there is something to fold them from, and nothing is added any more; the key goes before the streams, so
 * that what is still there for a while is unreadable; the contact's stream, from which the other steps read, goes last.
 * What was merged in goes before the contact that it went into: a merged contact that is still there refers to it. Then
 * it is unreadable, and `when-unreadable-then-remove` takes it from there.
 */
export function react(state: ErasureState): readonly ErasureStep[] {
  switch (state.phase) {
    case 'not-requested':
    case 'unreadable':
      return [];
    case 'requested': {
      const { contactId, revision } = state;
      return [{ id: 'record-deletion', name: 'record-deletion', contactId, revision }];
    }
    case 'recorded': {
      const { contactIds, entry, purgedAt } = state;
      const secondariesFirst = contactIds.toReversed();
      return [
        { id: 'release-identities', name: 'release-identities', contactIds: secondariesFirst },
        { id: 'hand-back-messages', name: 'hand-back-messages', contactIds },
        ...stepsOfContact.flatMap((name) =>
          secondariesFirst.map((contactId) => ({ id: `${name} ${contactId}`, name, contactId, contactIds, entry })),
        ),
        { id: 'record-unreadable', name: 'record-unreadable', contactIds, purgedAt },
      ];
    }
  }
}
