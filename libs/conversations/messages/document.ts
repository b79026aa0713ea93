import type { Actor, IndexDeclaration } from '#event-sourcing';

export const messagesModel = 'messages';
export const messagesSchema = 1;

/** One message of a conversation; its id is the message's. */
export interface MessageDocument {
  readonly conversationId: string;
  readonly contactId: string;
  /** Contact whose identity it came from or went to. */
  readonly subjectId: string;
  /** Place in the conversation: our order, whatever the channel's clock says. */
  readonly revision: number;
  readonly direction: 'in' | 'out';
  readonly text: string;
  readonly channelId: string;
  readonly at: string;
  /** The channel's time. */
  readonly sentAt?: string;
  /** Of outgoing ones. */
  readonly state?: 'queued';
  readonly author?: Actor;
}

export const messagesIndexes: readonly IndexDeclaration[] = [{ key: { conversationId: 1, revision: 1 } }];
