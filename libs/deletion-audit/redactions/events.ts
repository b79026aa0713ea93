import type { Medium } from '#channels/channel';
import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream for what was redacted of a contact; goes with the contact. */
export const redactionStream = (contactId: string): string => `redaction-${contactId}`;

interface Redacted {
  readonly redactionId: string;
  readonly contactId: string;
  /** Whose key the events are sealed under. */
  readonly subjectId: string;
  /** The events that can never be read again. */
  readonly eventIds: readonly string[];
}

/** What a message said is gone for ever; that there was one stays. */
export type MessageRedacted = DomainEvent<
  'MessageRedacted',
  Redacted & {
    readonly conversationId: string;
    readonly messageId: string;
    /** Where the message stands in the log: the search knows it by that. */
    readonly position: number;
  }
>;
/** What an internal note of a conversation said is gone for ever. */
export type InternalNoteRedacted = DomainEvent<
  'InternalNoteRedacted',
  Redacted & { readonly conversationId: string; readonly noteId: string }
>;
/** What a note on the contact said, in all its versions, is gone for ever. */
export type ContactNoteRedacted = DomainEvent<'ContactNoteRedacted', Redacted & { readonly noteId: string }>;
/** What an attribute of the contact held until now is gone for ever. */
export type AttributeValuesRedacted = DomainEvent<
  'AttributeValuesRedacted',
  Redacted & { readonly alias: string; readonly medium?: Medium }
>;

export type RedactionEvent = MessageRedacted | InternalNoteRedacted | ContactNoteRedacted | AttributeValuesRedacted;

const redacted = {
  redactionId: field('id'),
  contactId: field('id'),
  subjectId: field('id'),
  eventIds: field('id', { list: true }),
};

export const redactionEvents = {
  categories: ['redaction'],
  definitions: [
    defineEvent<MessageRedacted>({
      type: 'MessageRedacted',
      version: 1,
      sentence: 'What a message said is gone for ever; that there was one stays.',
      fields: { ...redacted, conversationId: field('id'), messageId: field('id'), position: field('number') },
    }),
    defineEvent<InternalNoteRedacted>({
      type: 'InternalNoteRedacted',
      version: 1,
      sentence: 'What an internal note of a conversation said is gone for ever.',
      fields: { ...redacted, conversationId: field('id'), noteId: field('id') },
    }),
    defineEvent<ContactNoteRedacted>({
      type: 'ContactNoteRedacted',
      version: 1,
      sentence: 'What a note on the contact said, in all its versions, is gone for ever.',
      fields: { ...redacted, noteId: field('id') },
    }),
    defineEvent<AttributeValuesRedacted>({
      type: 'AttributeValuesRedacted',
      version: 1,
      sentence: 'What an attribute of the contact held until now is gone for ever.',
      fields: { ...redacted, alias: field('code'), medium: field('code', { optional: true }) },
    }),
  ],
};
