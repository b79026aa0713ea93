import { contactStream } from '#contacts/contact';
import { conversationIdOf, conversationStream, parseConversationId } from '#conversations/conversation';
import { outboundStream } from '#conversations/outbound';
import { redactionStream } from '#deletion-audit/redactions';
import { StreamGone } from '#event-sourcing';
import type { EventStore, RecordedEvent } from '#event-sourcing';

/** So many conversations are read at the same time. */
const wave = 8;
/** Deliveries are many short streams. */
const deliveriesAtOnce = 16;

/** Deliveries have a stream each: they are read for who asks about messages, and not for anybody else. */
export interface HistoryWanted {
  readonly deliveries: boolean;
}

/**
 * All that happened to a contact, in order of position: its own stream, its chain of conversations, its redactions. It
 * is what every document about the contact is made from, so the rest of the log need not be read. Empty after its
 * erasure.
 */
export async function contactHistory(
  store: EventStore,
  contactId: string,
  wanted: HistoryWanted,
): Promise<readonly RecordedEvent[]> {
  const own = Promise.all([readWhole(store, contactStream(contactId)), readWhole(store, redactionStream(contactId))]);
  const conversations: RecordedEvent[] = [];
  for (let first = 1; ; first += wave) {
    const read = await Promise.all(
      Array.from({ length: wave }, (_, index) =>
        readConversation(store, conversationIdOf(contactId, first + index), wanted),
      ),
    );
    for (const events of read) conversations.push(...events);
    if (read.some((events) => events.length === 0)) break;
  }
  return inOrder([...(await own).flat(), ...conversations]);
}

/** All that happened in a conversation, in order, redactions of its contact included. Empty after its erasure. */
export async function conversationHistory(
  store: EventStore,
  conversationId: string,
  wanted: HistoryWanted,
): Promise<readonly RecordedEvent[]> {
  const contactId = parseConversationId(conversationId)?.contactId;
  if (contactId === undefined) return [];
  const [events, redactions] = await Promise.all([
    readConversation(store, conversationId, wanted),
    readWhole(store, redactionStream(contactId)),
  ]);
  return inOrder([...events, ...redactions]);
}

async function readConversation(
  store: EventStore,
  conversationId: string,
  { deliveries }: HistoryWanted,
): Promise<readonly RecordedEvent[]> {
  const events = [...(await readWhole(store, conversationStream(conversationId)))];
  if (!deliveries) return events;
  const streams = events.flatMap(({ type, data }) =>
    type === 'ReplyWritten' && 'messageId' in data ? [outboundStream(String(data.messageId))] : [],
  );
  for (let first = 0; first < streams.length; first += deliveriesAtOnce) {
    const some = streams.slice(first, first + deliveriesAtOnce);
    events.push(...(await Promise.all(some.map((stream) => readWhole(store, stream)))).flat());
  }
  return events;
}

const inOrder = (events: readonly RecordedEvent[]): readonly RecordedEvent[] =>
  events.toSorted((a, b) => a.position - b.position);

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
