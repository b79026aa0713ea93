import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream per pair, whichever of the two is named first. */
export function linkStream(contactId: string, otherId: string): string {
  const [first, second] = [contactId, otherId].toSorted();
  return `link-${first ?? ''}.${second ?? ''}`;
}

interface Pair {
  readonly contactId: string;
  readonly otherId: string;
}

/** Somebody linked the two by hand; the link is theirs alone, not that of the contacts linked with either. */
export type ContactsLinked = DomainEvent<'ContactsLinked', Pair>;
/** The two are not one person: they stay apart, whatever values they share. */
export type LinkDissolved = DomainEvent<'LinkDissolved', Pair>;

export type LinkEvent = ContactsLinked | LinkDissolved;

const pair = { contactId: field('id'), otherId: field('id') };

export const linkEvents = {
  categories: ['link'],
  definitions: [
    defineEvent<ContactsLinked>({
      type: 'ContactsLinked',
      version: 1,
      sentence: 'Somebody linked the two contacts by hand; the link is theirs alone.',
      fields: pair,
    }),
    defineEvent<LinkDissolved>({
      type: 'LinkDissolved',
      version: 1,
      sentence: 'The two contacts are not one person: they stay apart, whatever values they share.',
      fields: pair,
    }),
  ],
};
