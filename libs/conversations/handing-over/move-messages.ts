import { unlessGone } from '#event-sourcing';
import type { CommandHeader, EventStore, RecordedEvent } from '#event-sourcing';
import { newestLink } from '../chain/index.js';
import type { MoveMessage } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import type { ConversationEvent } from '../conversation/events.js';
import type { MessagesGivenBack } from '../conversation/events/merging.js';
import type { MessageReceived, ReplyWritten } from '../conversation/events/writing.js';
import { outboundStream } from '../outbound/events.js';
import type { OutboundEvent } from '../outbound/events.js';
import { evolve } from '../outbound/state.js';
import type { MergeOfChains, MergingPorts } from './hand-over.js';

type Message = RecordedEvent<MessageReceived> | RecordedEvent<ReplyWritten>;

/** They share appends. */
const atOnce = 16;

/**
 * CON-5, DEL-6: before the primary of an undone merge is erased, the messages that were given back and lie in its
 * conversations move into the one that they belong to, each under the key of whom it is. Anyone may do it, any number
 * of times. Nothing moves to a contact that is erased itself. False: nothing was given back until now.
 */
export async function moveGivenBack(
  ports: MergingPorts,
  header: CommandHeader,
  merge: MergeOfChains,
): Promise<boolean> {
  const { store, runner, ids } = ports;
  const back = await unlessGone(givenBackBy(ports, merge));
  if (!back) return false;
  const { conversationId, from } = back.data;
  const stream = conversationStream(conversationId);
  for (const { conversationId: liesIn } of from) {
    const messages = (await unlessGone(messagesIn(store, liesIn, back))) ?? [];
    for (let done = 0; done < messages.length; done += atOnce) {
      const moving = messages.slice(done, done + atOnce).map(async (written) => {
        const message = await asMoved(store, written);
        const commandId = ids.derivedUuid('move-message', merge.mergeId, message.messageId);
        const command: MoveMessage = { ...header, commandId, commandHash: commandId, type: 'MoveMessage', message };
        await unlessGone(runner.run(conversationDecider, stream, command));
      });
      await Promise.all(moving);
    }
  }
  return true;
}

/** Where, in the secondary's chain, the messages belong; `undefined`: nothing was given back. */
async function givenBackBy(
  { store, chains }: MergingPorts,
  { mergeId, secondaryId }: MergeOfChains,
): Promise<RecordedEvent<MessagesGivenBack> | undefined> {
  const head = await chains.head(secondaryId, { fresh: true });
  for (let number = newestLink(head)?.number ?? 0; number > 0; number--) {
    for await (const event of store.readStream(conversationStream(conversationIdOf(secondaryId, number)))) {
      if (event.type !== 'MessagesGivenBack') continue;
      // The codec has checked the data against the catalogue.
      const back = event as RecordedEvent<MessagesGivenBack>;
      if (back.data.mergeId === mergeId) return back;
    }
  }
  return undefined;
}

/** What of the conversation was given back, unless whose it is was erased. */
async function messagesIn(
  store: EventStore,
  conversationId: string,
  { data: { subjectIds, since }, position: until }: RecordedEvent<MessagesGivenBack>,
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  for await (const event of store.readStream(conversationStream(conversationId))) {
    if (event.position > until) break;
    if (!isMessage(event) || event.metadata.at < since || event.hidden?.['text'] === 'erased') continue;
    if (subjectIds.includes(event.data.subjectId)) messages.push(event);
  }
  return messages;
}

function isMessage(event: RecordedEvent): event is Message {
  const type = event.type as ConversationEvent['type'];
  return type === 'MessageReceived' || type === 'ReplyWritten';
}

async function asMoved(store: EventStore, written: Message): Promise<MoveMessage['message']> {
  const { id: origin, data, metadata, position, hidden } = written;
  const { channelId, medium, identityKey, messageId, subjectId, text } = data;
  return {
    channelId,
    medium,
    identityKey,
    messageId,
    subjectId,
    direction: written.type === 'MessageReceived' ? 'in' : 'out',
    // What was redacted stays so.
    ...(hidden?.['text'] === undefined && { text }),
    ...('sentAt' in data && { sentAt: data.sentAt }),
    origin,
    writtenAt: metadata.at,
    position,
    author: metadata.actor,
    ...('writtenBy' in data && { writtenBy: data.writtenBy }),
    ...('savedReplyId' in data && { savedReplyId: data.savedReplyId }),
    ...(written.type === 'ReplyWritten' && (await deliveryOf(store, messageId))),
  };
}

/** How far its delivery is. */
async function deliveryOf(
  store: EventStore,
  messageId: string,
): Promise<Pick<MoveMessage['message'], 'state' | 'failure'>> {
  let state: NonNullable<MoveMessage['message']['state']> = 'queued';
  let failure: string | undefined;
  for await (const { type, data } of store.readStream(outboundStream(messageId))) {
    // The stream holds these events only.
    const event = { type, data } as OutboundEvent;
    state = evolve(state, event) ?? state;
    if (event.type === 'MessageFailed') failure = event.data.reason;
  }
  return { state, ...(failure !== undefined && { failure }) };
}
