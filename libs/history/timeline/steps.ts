import { contactStream } from '#contacts/contact';
import { conversationIdOf, conversationStream } from '#conversations/conversation';
import type { EventStore, RecordedEvent } from '#event-sourcing';
import { readBackwards } from './backwards.js';
import type { Backwards } from './backwards.js';

/** Where a contact's timeline goes on: the revisions to take next, -1 when nothing is left. */
export interface ContactPlace {
  readonly own: number;
  readonly conversation: number;
  readonly revision: number;
}

/** What stands at one revision of one of the streams, with what can be read further back in it. */
export interface TimelineStep<Place> {
  readonly events: readonly RecordedEvent[];
  readonly stream: Backwards;
  /** Where the timeline goes on after this step; `undefined`: this was its end. */
  readonly next: Place | undefined;
}

/**
 * What happened to a contact, newest first: its own stream and its conversations from the newest one on, merged by
 * position. An edit of a closing note stands with its conversation, also when the next one had begun by then.
 */
export async function* contactSteps(
  store: EventStore,
  contactId: string,
  start: ContactPlace | { readonly conversation: number },
): AsyncGenerator<TimelineStep<ContactPlace>> {
  const place = 'own' in start ? start : undefined;
  const own = readBackwards(store, contactStream(contactId), place?.own);
  let conversation = start.conversation;
  const conversationAt = (number: number, revision?: number): Backwards =>
    readBackwards(store, conversationStream(conversationIdOf(contactId, number)), revision);
  let chain = conversationAt(conversation, place?.revision);
  for (;;) {
    while (conversation > 0 && (await chain.peek()) === undefined) chain = conversationAt(--conversation);
    const ofContact = await own.peek();
    const ofConversation = conversation > 0 ? await chain.peek() : undefined;
    const stream = (ofContact?.position ?? -1) > (ofConversation?.position ?? -1) ? own : chain;
    if (!ofContact && !ofConversation) return;
    const events = await stream.take();
    const [ownNext, chainNext] = [await own.peek(), await chain.peek()];
    const next = { own: ownNext?.revision ?? -1, conversation, revision: chainNext?.revision ?? -1 };
    const ended = ownNext === undefined && chainNext === undefined && conversation <= 1;
    yield { events, stream, next: ended ? undefined : next };
  }
}

/** What happened in a conversation, newest first. */
export async function* conversationSteps(
  store: EventStore,
  conversationId: string,
  start: number | undefined,
): AsyncGenerator<TimelineStep<number>> {
  const stream = readBackwards(store, conversationStream(conversationId), start);
  for (let events = await stream.take(); events.length > 0; events = await stream.take()) {
    const next = await stream.peek();
    yield { events, stream, next: next?.revision };
  }
}
