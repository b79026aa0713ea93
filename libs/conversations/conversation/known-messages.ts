import type { GrowingSet } from '#event-sourcing';
import { holds, valuesOf, withAdded } from '#event-sourcing';

/**
 * Ids of a contact's newest inbound messages, oldest first, by the number of the conversation that holds them. An id is
 * a keyed hash of (channel, external message id), so the same delivery always has the same one.
 */
export interface KnownMessages {
  readonly conversations: readonly { readonly number: number; readonly messageIds: readonly string[] }[];
  /** False once older ones were dropped: then a message that is not here may still be an old one. */
  readonly complete: boolean;
  /** Newest channel time of any message before. What was sent later is surely new, also when not complete. */
  readonly until?: string;
}

export const noKnownMessages: KnownMessages = { conversations: [], complete: true };

/** How many ids a conversation hands to the next one: 512 of them fit an event with room to spare. */
export const carriedMessages = 512;

/** A conversation's inbound messages together with those that it was opened with. */
export interface ReceivedMessages {
  readonly carried: KnownMessages;
  readonly own: GrowingSet;
  /** Newest channel time of the own ones. */
  readonly newestSentAt?: string;
}

/** With one that it holds from now on. */
export function receivedWith(
  { carried, own, newestSentAt }: ReceivedMessages,
  messageId: string,
  sentAt: string | undefined,
): ReceivedMessages {
  const newestSent = newest(newestSentAt, sentAt);
  return { carried, own: withAdded(own, messageId), ...(newestSent !== undefined && { newestSentAt: newestSent }) };
}

/** Number of the conversation that holds the message, as far as it is known here. */
export function conversationHolding(messageId: string, received: ReceivedMessages, number: number): number | undefined {
  return holds(received.own, messageId) ? number : carrierOf(messageId, received.carried);
}

export function carrierOf(messageId: string, known: KnownMessages): number | undefined {
  return known.conversations.find(({ messageIds }) => messageIds.includes(messageId))?.number;
}

/** True when only the contact's earlier conversations can tell whether the message is an old one (CON-2). */
export function mayBeForgotten(sentAt: string | undefined, known: KnownMessages): boolean {
  return !known.complete && (sentAt === undefined || known.until === undefined || sentAt <= known.until);
}

/** What the conversation after this one is opened with. */
export function knownAfter(received: ReceivedMessages, number: number): KnownMessages {
  const { carried, own, newestSentAt } = received;
  const all = [...carried.conversations, { number, messageIds: valuesOf(own) }];
  let room = carriedMessages;
  const kept: { number: number; messageIds: readonly string[] }[] = [];
  for (const { number, messageIds } of all.toReversed()) {
    const newest = room > 0 ? messageIds.slice(-room) : [];
    room -= newest.length;
    if (newest.length > 0) kept.unshift({ number, messageIds: newest });
  }
  const total = all.reduce((sum, { messageIds }) => sum + messageIds.length, 0);
  const until = newest(carried.until, newestSentAt);
  return {
    conversations: kept,
    complete: carried.complete && total <= carriedMessages,
    ...(until !== undefined && { until }),
  };
}

/** The later of two instants. */
export function newest(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
