import type { Medium } from '#channels/channel';
import type { Command } from '#event-sourcing';

/** What is to be made unreadable. */
export type RedactionTarget =
  | { readonly kind: 'message'; readonly conversationId: string; readonly messageId: string }
  | { readonly kind: 'internal-note'; readonly conversationId: string; readonly noteId: string }
  | { readonly kind: 'contact-note'; readonly contactId: string; readonly noteId: string }
  | { readonly kind: 'value'; readonly contactId: string; readonly alias: string; readonly medium?: Medium };

export type Redact = Command<
  'Redact',
  {
    readonly redactionId: string;
    readonly contactId: string;
    readonly target: RedactionTarget;
    readonly subjectId: string;
    /** Where the content stands, as it was found. */
    readonly eventIds: readonly string[];
    /** Of the last of them. */
    readonly position: number;
  }
>;
