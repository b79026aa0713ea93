import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream per version of a group's condition: how far the search for its members has got. */
export const computationStream = (groupId: string, version: number): string => `group-${groupId}.${version}`;

/**
 * Contacts that seem to fit a version of the group's condition, among those up to an id. A hint: the read model asks
 * the condition itself, of the contact as it stands there.
 */
export type ContactGroupMembersFound = DomainEvent<
  'ContactGroupMembersFound',
  {
    readonly groupId: string;
    readonly version: number;
    readonly contactIds: readonly string[];
    /** How many were looked at so far. */
    readonly checked: number;
    /** The id of the last one, in the order of ids. */
    readonly upTo: string;
  }
>;

export type ComputationEvent = ContactGroupMembersFound;

export const computationEvents = {
  categories: ['group'],
  definitions: [
    defineEvent<ContactGroupMembersFound>({
      type: 'ContactGroupMembersFound',
      version: 1,
      sentence: 'Contacts that seem to fit a version of the group’s condition, among those up to an id.',
      fields: {
        groupId: field('id'),
        version: field('number'),
        contactIds: field('id', { list: true }),
        checked: field('number'),
        upTo: field('id'),
      },
    }),
  ],
};
