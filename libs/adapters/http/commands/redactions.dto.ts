import { OneOf, OptionalId } from '../bodies/fields.js';

export const redactionKinds = ['message', 'internal-note', 'contact-note', 'value'] as const;

/** What is to be made unreadable: `kind` says which of the other fields it takes. */
export class RedactBody {
  @OneOf(redactionKinds) readonly kind!: (typeof redactionKinds)[number];
  /** Of a message or an internal note. */
  @OptionalId() readonly conversationId?: string;
  @OptionalId() readonly messageId?: string;
  /** Of an internal note or a note on the contact. */
  @OptionalId() readonly noteId?: string;
  /** Of a note on the contact or a value. */
  @OptionalId() readonly contactId?: string;
  /** The attribute: its alias, or `medium.alias` of a platform attribute. */
  @OptionalId() readonly attribute?: string;
}
