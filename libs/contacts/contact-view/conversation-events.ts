import type { DomainEvent } from '#event-sourcing';

// What the contact page reads of the conversations' events. Conversations build on contacts, never the other way round:
// so these are the page's own words for them, and its spec holds them against the events that are written.

interface OfConversation {
  readonly conversationId: string;
  readonly contactId: string;
}
interface OnChannel {
  readonly channelId: string;
}
interface Assignee {
  readonly userId?: string;
  readonly teamId?: string;
}

export type ConversationEventRead =
  | DomainEvent<'ConversationOpened', OfConversation & OnChannel>
  | DomainEvent<'MessageReceived', OfConversation & OnChannel>
  | DomainEvent<'ReplyWritten', OfConversation & OnChannel>
  | DomainEvent<'ConversationAssigned', OfConversation & Assignee>
  | DomainEvent<'ConversationUnassigned', OfConversation & Assignee>
  | DomainEvent<'ConversationClosed', OfConversation>;
