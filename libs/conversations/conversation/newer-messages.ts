import type { ChannelAccess } from '#access/user';
import type { Actor, EventStore, RecordedEvent } from '#event-sourcing';
import { allows } from './decide/access.js';
import { conversationStream } from './events.js';
import type { ConversationEvent } from './events.js';
import type { MessageReceived, ReplyWritten } from './events/writing.js';

/** A message as somebody sees who answered too early; on a channel that they lack, a line without content (ASG-6). */
export type NewerMessage = {
  readonly messageId: string;
  readonly direction: 'in' | 'out';
  readonly at: string;
} & ({ readonly text: string; readonly channelId: string; readonly author?: Actor } | { readonly hidden: true });

/** The messages that came after this revision, in order: what `If-Match` has missed (ASG-10). */
export async function newerMessages(
  store: EventStore,
  conversationId: string,
  revision: number,
  access: ChannelAccess,
): Promise<readonly NewerMessage[]> {
  const messages: NewerMessage[] = [];
  for await (const event of store.readStream(conversationStream(conversationId), { from: revision + 1 })) {
    if (isMessage(event)) messages.push(shown(event, access));
  }
  return messages;
}

type MessageEvent = RecordedEvent<MessageReceived> | RecordedEvent<ReplyWritten>;

function isMessage(event: RecordedEvent): event is MessageEvent {
  const type = event.type as ConversationEvent['type'];
  return type === 'MessageReceived' || type === 'ReplyWritten';
}

function shown({ type, data, metadata }: MessageEvent, access: ChannelAccess): NewerMessage {
  const { messageId, text, channelId } = data;
  const line = { messageId, direction: type === 'ReplyWritten' ? 'out' : 'in', at: metadata.at } as const;
  if (!allows(access, channelId)) return { ...line, hidden: true };
  return { ...line, text, channelId, ...(type === 'ReplyWritten' && { author: metadata.actor }) };
}
