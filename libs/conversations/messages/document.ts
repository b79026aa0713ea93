import type { Actor, IndexDeclaration, Position } from '#event-sourcing';
import type { AutomaticAuthor } from '../conversation/events/writing.js';
import type { DeliveryState } from '../outbound/state.js';

export const messagesModel = 'messages';
export const messagesSchema = 3;

/** One message of a conversation; its id is the message's. */
export interface MessageDocument {
  readonly conversationId: string;
  readonly contactId: string;
  /** Contact whose identity it came from or went to. */
  readonly subjectId: string;
  /** Place in the log: our order, whatever the channel's clock says. */
  readonly position: Position;
  readonly direction: 'in' | 'out';
  readonly text: string;
  /** DEL-8: what it said is gone for ever. */
  readonly redacted?: true;
  readonly channelId: string;
  readonly at: string;
  /** The channel's time. */
  readonly sentAt?: string;
  /** Of outgoing ones. */
  readonly state?: DeliveryState;
  /** Why it failed, in the channel's words. */
  readonly failure?: string;
  readonly author?: Actor;
  /** Who a service wrote for. */
  readonly writtenBy?: AutomaticAuthor;
  /** The saved reply that it was made from (REP-3). */
  readonly savedReplyId?: string;
}

export const messagesIndexes: readonly IndexDeclaration[] = [
  { key: { conversationId: 1, position: 1 } },
  // What came since, for live updates (decision 15).
  { key: { conversationId: 1, _at: 1 } },
];
