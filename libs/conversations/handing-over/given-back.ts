import type { EventStore, RecordedEvent } from '#event-sourcing';
import { conversationStream } from '../conversation/events.js';
import type { ConversationEvent } from '../conversation/events.js';
import type { GivenBack, MessageMoved, MessagesGivenBack } from '../conversation/events/merging.js';
import type { MessageReceived, ReplyWritten } from '../conversation/events/writing.js';

export type BackEvent = RecordedEvent<MessagesGivenBack>;
export type WrittenEvent = RecordedEvent<MessageReceived> | RecordedEvent<ReplyWritten> | RecordedEvent<MessageMoved>;

export const placeOfMessages = ({ conversationId, liesIn }: GivenBack): string => liesIn ?? conversationId;

/** Whether the message, which lies in one of its places, was given back by this event. */
export function gives({ data, position }: BackEvent, message: WrittenEvent): boolean {
  return (
    data.subjectIds.includes(message.data.subjectId) && writtenAt(message) >= data.since && message.position <= position
  );
}

const writtenAt = (message: WrittenEvent): string =>
  message.type === 'MessageMoved' ? message.data.writtenAt : message.metadata.at;

/** The messages in the stream of a conversation, unless whose they are was erased. */
export async function* messagesIn(store: EventStore, conversationId: string): AsyncGenerator<WrittenEvent> {
  for await (const event of store.readStream(conversationStream(conversationId))) {
    if (isMessage(event) && event.hidden?.['text'] !== 'erased') yield event;
  }
}

function isMessage(event: RecordedEvent): event is WrittenEvent {
  const type = event.type as ConversationEvent['type'];
  return type === 'MessageReceived' || type === 'ReplyWritten' || type === 'MessageMoved';
}
