import { contactStream } from '#contacts/contact';
import { conversationIdOf, conversationStream } from '#conversations/conversation';
import { StreamGone } from '#event-sourcing';
import type { EventStore, RecordedEvent } from '#event-sourcing';

/** So many conversations are read at the same time. */
const wave = 8;

/**
 * All that happened to a contact, in order of position: its own stream and its chain of conversations. It is what every
 * document about the contact is made from, so the rest of the log need not be read. Empty after its erasure.
 */
export async function contactHistory(store: EventStore, contactId: string): Promise<readonly RecordedEvent[]> {
  const own = readWhole(store, contactStream(contactId));
  const conversations: RecordedEvent[] = [];
  for (let first = 1; ; first += wave) {
    const read = await Promise.all(
      Array.from({ length: wave }, (_, index) =>
        conversationHistory(store, conversationIdOf(contactId, first + index)),
      ),
    );
    for (const events of read) conversations.push(...events);
    if (read.some((events) => events.length === 0)) break;
  }
  return [...(await own), ...conversations].toSorted((a, b) => a.position - b.position);
}

/** All that happened in a conversation, in order. Empty after its erasure. */
export async function conversationHistory(
  store: EventStore,
  conversationId: string,
): Promise<readonly RecordedEvent[]> {
  return readWhole(store, conversationStream(conversationId));
}

async function readWhole(store: EventStore, stream: string): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  try {
    for await (const event of store.readStream(stream)) events.push(event);
  } catch (fault) {
    if (fault instanceof StreamGone) return [];
    throw fault;
  }
  return events;
}
