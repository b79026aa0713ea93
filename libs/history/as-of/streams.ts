import { contactStream } from '#contacts/contact';
import type { ContactEvent } from '#contacts/contact';
import { conversationIdOf, conversationStream, parseConversationId } from '#conversations/conversation';
import type { ConversationEvent } from '#conversations/conversation';
import { outboundStream } from '#conversations/outbound';
import { redactionStream } from '#deletion-audit/redactions';
import { StreamGone } from '#event-sourcing';
import type { EventStore, RecordedEvent } from '#event-sourcing';

type ContactsMerged = Extract<ContactEvent, { type: 'ContactsMerged' }>;
type MergeUndone = Extract<ContactEvent, { type: 'MergeUndone' }>;
type ContactHandedOver = Extract<ContactEvent, { type: 'ContactHandedOver' }>;
type MessagesGivenBack = Extract<ConversationEvent, { type: 'MessagesGivenBack' }>;
type MessageMoved = Extract<ConversationEvent, { type: 'MessageMoved' }>;

/** So many conversations are read at the same time. */
const wave = 8;
/** Deliveries are many short streams. */
const deliveriesAtOnce = 16;

/** Deliveries have a stream each: they are read for who asks about messages, and not for anybody else. */
export interface HistoryWanted {
  readonly deliveries: boolean;
}

/**
 * All that happened to a contact and to those that were ever merged into it, in order of position: their own streams,
 * their chains of conversations, their redactions. It is what every document about the contact is made from, so the rest
 * of the log need not be read. Empty after its erasure.
 */
export async function contactHistory(
  store: EventStore,
  contactId: string,
  wanted: HistoryWanted,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  const contactIds = new Set([contactId]);
  for (const id of contactIds) {
    const own = await readWhole(store, contactStream(id));
    events.push(...own, ...(await readWhole(store, redactionStream(id))), ...(await chainHistory(store, id, wanted)));
    for (const merged of own.flatMap(mergedIds)) contactIds.add(merged);
  }
  return inOrder(events);
}

const mergedIds = ({ type, data }: RecordedEvent): readonly string[] =>
  type === 'ContactsMerged' ? (data as ContactsMerged['data']).contactIds : [];

async function chainHistory(
  store: EventStore,
  contactId: string,
  wanted: HistoryWanted,
): Promise<readonly RecordedEvent[]> {
  const conversations: RecordedEvent[] = [];
  for (let first = 1; ; first += wave) {
    const read = await Promise.all(
      Array.from({ length: wave }, (_, index) =>
        readConversation(store, conversationIdOf(contactId, first + index), wanted),
      ),
    );
    for (const events of read) conversations.push(...events);
    if (read.some((events) => events.length === 0)) return conversations;
  }
}

/**
 * All that happened in a conversation, in order, with the redactions of its contact and what says who speaks for that
 * contact. Empty after its erasure.
 */
export async function conversationHistory(
  store: EventStore,
  conversationId: string,
  wanted: HistoryWanted,
): Promise<readonly RecordedEvent[]> {
  const contactId = parseConversationId(conversationId)?.contactId;
  if (contactId === undefined) return [];
  const events = await readConversation(store, conversationId, wanted);
  if (events.length === 0) return [];
  const [redactions, contacts, ...lent] = await Promise.all([
    readWhole(store, redactionStream(contactId)),
    speakersHistory(store, contactId),
    ...events.flatMap(givenBackFrom).map((id) => readConversation(store, id, wanted)),
  ]);
  const given = await givenFrom(store, conversationId, contacts);
  return inOrder([...events, ...events.flatMap(asWritten), ...redactions, ...contacts, ...lent.flat(), ...given]);
}

/** What undone merges took out of the conversation: those that got it tell so (CON-5). */
async function givenFrom(
  store: EventStore,
  conversationId: string,
  contacts: readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> {
  const chains = await Promise.all(
    [...new Set(contacts.flatMap(partedIds))].map((id) => chainHistory(store, id, { deliveries: false })),
  );
  return chains
    .flat()
    .filter(
      ({ type, data }) =>
        type === 'MessagesGivenBack' &&
        (data as MessagesGivenBack['data']).from.some((given) => given.conversationId === conversationId),
    );
}

const partedIds = ({ type, data }: RecordedEvent): readonly string[] =>
  type === 'MergeUndone' ? (data as MergeUndone['data']).contactIds : [];

/** What lies here since an erasure took away where it lay: it was the conversation's before, too (CON-5). */
const asWritten = (event: RecordedEvent): readonly RecordedEvent[] => {
  if (event.type !== 'MessageMoved') return [];
  const { position, writtenAt: created } = event.data as MessageMoved['data'];
  return [{ ...event, position, created }];
};

/** The streams of the contact and of all who ever spoke for it (CON-5). */
async function speakersHistory(store: EventStore, contactId: string): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  const contactIds = new Set([contactId]);
  for (const id of contactIds) {
    const own = await readWhole(store, contactStream(id));
    events.push(...own);
    for (const primaryId of own.flatMap(handedOverTo)) contactIds.add(primaryId);
  }
  return events;
}

const handedOverTo = ({ type, data }: RecordedEvent): readonly string[] =>
  type === 'ContactHandedOver' ? [(data as ContactHandedOver['data']).primaryId] : [];

/** Where messages lie that are this conversation's since a merge was undone (CON-5). */
const givenBackFrom = ({ type, data }: RecordedEvent): readonly string[] =>
  type === 'MessagesGivenBack'
    ? (data as MessagesGivenBack['data']).from.map(({ conversationId, liesIn = conversationId }) => liesIn)
    : [];

async function readConversation(
  store: EventStore,
  conversationId: string,
  { deliveries }: HistoryWanted,
): Promise<readonly RecordedEvent[]> {
  const events = [...(await readWhole(store, conversationStream(conversationId)))];
  if (!deliveries) return events;
  const streams = events.flatMap((event) => outgoing(event).map(outboundStream));
  for (let first = 0; first < streams.length; first += deliveriesAtOnce) {
    const some = streams.slice(first, first + deliveriesAtOnce);
    events.push(...(await Promise.all(some.map((stream) => readWhole(store, stream)))).flat());
  }
  return events;
}

/** The message that the event sends, or takes over after it was sent. */
function outgoing({ type, data }: RecordedEvent): readonly string[] {
  const event = { type, data } as ConversationEvent;
  if (event.type === 'ReplyWritten') return [event.data.messageId];
  return event.type === 'MessageMoved' && event.data.direction === 'out' ? [event.data.messageId] : [];
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
