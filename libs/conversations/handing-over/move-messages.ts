import { unlessGone } from '#event-sourcing';
import type { CommandHeader, EventStore } from '#event-sourcing';
import { newestLink } from '../chain/index.js';
import type { MoveMessage } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream, parseConversationId } from '../conversation/events.js';
import { outboundStream } from '../outbound/events.js';
import type { OutboundEvent } from '../outbound/events.js';
import { evolve } from '../outbound/state.js';
import { gives, messagesIn, placeOfMessages } from './given-back.js';
import type { BackEvent, WrittenEvent } from './given-back.js';
import type { MergingPorts } from './hand-over.js';

/** They share appends. */
const atOnce = 16;

/**
 * CON-5, DEL-6: before a contact is erased, the messages that lie in its conversations and were given back to others
 * move into the conversation that each belongs to by now, under the key of whom it is. Anyone may do it, any number of
 * times. Nothing moves to a contact that is erased itself.
 */
export async function moveGivenBack(
  ports: MergingPorts,
  header: CommandHeader,
  contactId: string,
  others: readonly string[],
): Promise<void> {
  const { store, runner, ids } = ports;
  const backs = (await Promise.all(others.map((other) => givenBackTo(ports, other)))).flat();
  backs.sort((one, other) => one.position - other.position);
  for (const place of placesOf(backs, contactId)) {
    const here = backs.filter(({ data }) => data.from.some((given) => placeOfMessages(given) === place));
    const owned = (await unlessGone(ownedMessages(store, place, here))) ?? [];
    for (let done = 0; done < owned.length; done += atOnce) {
      const moving = owned.slice(done, done + atOnce).map(async ({ written, owner: { conversationId, mergeId } }) => {
        const message = await asMoved(store, written);
        const commandId = ids.derivedUuid('move-message', mergeId, message.messageId);
        const command: MoveMessage = { ...header, commandId, commandHash: commandId, type: 'MoveMessage', message };
        await unlessGone(runner.run(conversationDecider, conversationStream(conversationId), command));
      });
      await Promise.all(moving);
    }
  }
}

/** What undone merges gave to conversations of the contact. */
export async function givenBackTo({ store, chains }: MergingPorts, contactId: string): Promise<readonly BackEvent[]> {
  const backs: BackEvent[] = [];
  const head = await chains.head(contactId, { fresh: true });
  for (let number = head.kind === 'gone' ? 0 : (newestLink(head)?.number ?? 0); number > 0; number--) {
    for await (const event of store.readStream(conversationStream(conversationIdOf(contactId, number)))) {
      // The codec has checked the data against the catalogue.
      if (event.type === 'MessagesGivenBack') backs.push(event as BackEvent);
    }
  }
  return backs;
}

/** The contact's conversations in which something of others lies. */
function placesOf(backs: readonly BackEvent[], contactId: string): ReadonlySet<string> {
  const places = backs.flatMap(({ data }) => data.from.map(placeOfMessages));
  return new Set(places.filter((place) => parseConversationId(place)?.contactId === contactId));
}

interface Owned {
  readonly written: WrittenEvent;
  readonly owner: BackEvent['data'];
}

/** What was given back may have been given on since: the last one has it. */
async function ownedMessages(store: EventStore, place: string, backs: readonly BackEvent[]): Promise<readonly Owned[]> {
  const owned: Owned[] = [];
  for await (const written of messagesIn(store, place)) {
    const owner = backs.findLast((back) => gives(back, written));
    if (owner) owned.push({ written, owner: owner.data });
  }
  return owned;
}

async function asMoved(store: EventStore, written: WrittenEvent): Promise<MoveMessage['message']> {
  const { data, hidden } = written;
  const { channelId, medium, identityKey, messageId, subjectId, text } = data;
  const writing = writingOf(written);
  return {
    channelId,
    medium,
    identityKey,
    messageId,
    subjectId,
    ...writing,
    // What was redacted stays so.
    ...(hidden?.['text'] === undefined && text !== undefined && { text }),
    ...('sentAt' in data && { sentAt: data.sentAt }),
    ...('writtenBy' in data && { writtenBy: data.writtenBy }),
    ...('savedReplyId' in data && { savedReplyId: data.savedReplyId }),
    ...(writing.direction === 'out' && (await deliveryOf(store, messageId))),
  };
}

/** Where, when and by whom it was written stays, however often it moves. */
function writingOf(
  written: WrittenEvent,
): Pick<MoveMessage['message'], 'direction' | 'origin' | 'writtenAt' | 'position' | 'author'> {
  if (written.type === 'MessageMoved') {
    const { direction, origin, writtenAt, position, author } = written.data;
    return { direction, origin, writtenAt, position, author };
  }
  const { id: origin, metadata, position } = written;
  const direction = written.type === 'MessageReceived' ? 'in' : 'out';
  return { direction, origin, writtenAt: metadata.at, position, author: metadata.actor };
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
