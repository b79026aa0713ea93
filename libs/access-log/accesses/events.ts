import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** A stream for each day (`YYYY-MM-DD`, UTC), so that whole days can be forgotten. */
export const accessStream = (day: string): string => `reads-${day}`;

/** Says which entries are forgotten. */
export const forgottenStream = 'reads-forgotten';

/** Days that an entry is kept (HIS-8). */
export const keptDays = 90;
/** Days after that, within which the entries have to leave the model: then their stream has expired. */
export const graceDays = 7;

/** What of a contact was read. */
export const contactReadings = ['contact', 'timeline', 'dossier'] as const;
export type ContactReading = (typeof contactReadings)[number];

/** Somebody read what is kept about a contact. */
export type ContactRead = DomainEvent<
  'ContactRead',
  {
    readonly contactId: string;
    readonly what: ContactReading;
    /** As the reader gave it; it can speak of the contact. */
    readonly reason?: string;
    /** How often within the second or so that one entry stands for. */
    readonly times: number;
  }
>;
/** Somebody had personal data of any contacts shown or given out; what and why. */
export type PersonalDataRevealed = DomainEvent<
  'PersonalDataRevealed',
  {
    readonly what: 'replay' | 'export';
    /** The stream, when it was one. */
    readonly stream?: string;
    /** The event types, when not all. */
    readonly types: readonly string[];
    /** Sealed: it can speak of anybody. */
    readonly reason: string;
  }
>;
/** Entries of a day that is over for long are kept no more: those at the revisions from `first` on. */
export type AccessesForgotten = DomainEvent<
  'AccessesForgotten',
  { readonly day: string; readonly first: number; readonly count: number }
>;

export type AccessEvent = ContactRead | PersonalDataRevealed | AccessesForgotten;

export const accessLogEvents = {
  categories: ['reads'],
  definitions: [
    defineEvent<ContactRead>({
      type: 'ContactRead',
      version: 1,
      sentence: 'Somebody read what is kept about a contact; the access log shows who, what and why.',
      fields: {
        contactId: field('id'),
        what: field('code'),
        reason: personal('contactId', 'text', { optional: true }),
        times: field('number'),
      },
    }),
    defineEvent<PersonalDataRevealed>({
      type: 'PersonalDataRevealed',
      version: 1,
      sentence: 'Somebody had personal data of any contacts shown or given out.',
      fields: {
        what: field('code'),
        stream: field('id', { optional: true }),
        types: field('code', { list: true }),
        reason: field('sealed'),
      },
    }),
    defineEvent<AccessesForgotten>({
      type: 'AccessesForgotten',
      version: 1,
      sentence: 'Entries of the access log are older than they are kept: they leave the model.',
      fields: { day: field('code'), first: field('number'), count: field('number') },
    }),
  ],
};
