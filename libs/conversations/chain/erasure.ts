import { RevisionConflict, StreamGone } from '#event-sourcing';
import type { CommandRunner, EventStore } from '#event-sourcing';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import type { ConversationEvent } from '../conversation/events.js';
import { outboundStream } from '../outbound/events.js';
import { knownAfter } from '../conversation/known-messages.js';
import { newestLink } from './chain.js';
import type { ChainLink, ConversationChains } from './chain.js';

const deliveriesAtOnce = 16;

type Message = Extract<ConversationEvent, { type: 'MessageReceived' | 'ReplyWritten' | 'MessageMoved' }>;

const isMessage = (event: ConversationEvent): event is Message =>
  event.type === 'MessageReceived' || event.type === 'ReplyWritten' || event.type === 'MessageMoved';

interface ErasurePorts {
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly chains: ConversationChains;
}

/** What the audit keeps of a contact's conversations. */
export interface ChainInventory {
  readonly conversations: number;
  readonly messages: number;
}

/**
 * Counts by reading the streams; of a chain that is being removed, what is still there. `contactIds`: all that are
 * erased together; messages that undone merges gave back to others stay with those.
 */
export async function inventoryOf(
  { store, chains }: Pick<ErasurePorts, 'store' | 'chains'>,
  contactId: string,
  contactIds: readonly string[],
): Promise<ChainInventory> {
  const last = await lastLink(chains, contactId);
  let conversations = 0;
  let messages = 0;
  for (let number = 1; number <= (last?.number ?? 0); number++) {
    const stream = conversationStream(conversationIdOf(contactId, number));
    for await (const recorded of store.readStream(stream)) {
      const { type, data } = recorded;
      // The stream holds conversation events only; the codec has checked them against the catalogue.
      const event = { type, data } as ConversationEvent;
      if (event.type === 'ConversationOpened') conversations++;
      if (isMessage(event) && contactIds.includes(event.data.subjectId)) messages++;
    }
  }
  return { conversations, messages };
}

/** Keyed hashes by which late redeliveries of the contact's newest messages are known (DEL-5). */
export async function recentMessagesOf(chains: ConversationChains, contactId: string): Promise<readonly string[]> {
  const last = await lastLink(chains, contactId);
  if (!last) return [];
  return knownAfter(last.received, last.number).conversations.flatMap(({ messageIds }) => messageIds);
}

async function lastLink(chains: ConversationChains, contactId: string): Promise<ChainLink | undefined> {
  const head = await chains.head(contactId, { fresh: true });
  const last = head.kind === 'gone' ? await chains.link(contactId, head.number - 1) : newestLink(head);
  return last === 'gone' ? undefined : last;
}

/**
 * Takes a contact's conversations away for good. The place of the next one is sealed before any goes: an opener either
 * comes first, and its conversation goes too, or meets the seal. Deliveries to contacts that are not of `contactIds`,
 * those that are erased together, are theirs and stay. May be repeated after any interruption.
 */
export async function removeConversations(
  { store, runner, chains }: ErasurePorts,
  contactId: string,
  contactIds: readonly string[],
): Promise<void> {
  const sealed = await seal({ store, chains }, contactId);
  for (let number = sealed - 1; number > 0; number--) {
    const stream = conversationStream(conversationIdOf(contactId, number));
    await removeDeliveries(store, stream, contactIds);
    await store.tombstone(stream, 'any');
    runner.forget(stream);
  }
  chains.forget(contactId);
}

/** Before the conversation goes: nothing else knows which deliveries are its own. */
async function removeDeliveries(store: EventStore, stream: string, contactIds: readonly string[]): Promise<void> {
  const deliveries: string[] = [];
  try {
    for await (const { type, data } of store.readStream(stream)) {
      const event = { type, data } as ConversationEvent;
      if (!isMessage(event) || !contactIds.includes(event.data.subjectId)) continue;
      // Of an inbound message there is none.
      if (event.type !== 'MessageReceived') deliveries.push(outboundStream(event.data.messageId));
    }
  } catch (fault) {
    // It went in an attempt before this one, and its deliveries before it.
    if (!(fault instanceof StreamGone)) throw fault;
  }
  for (let done = 0; done < deliveries.length; done += deliveriesAtOnce) {
    const some = deliveries.slice(done, done + deliveriesAtOnce);
    await Promise.all(some.map((delivery) => store.tombstone(delivery, 'any')));
  }
}

/**
 * Takes the place of the next conversation for good, so that none is opened any more. May be repeated.
 */
export async function sealConversations(
  ports: Pick<ErasurePorts, 'store' | 'chains'>,
  contactId: string,
): Promise<void> {
  await seal(ports, contactId);
}

/** The number at which the chain is sealed. Ends, because a contact's openers stop when its identities are released. */
async function seal({ store, chains }: Pick<ErasurePorts, 'store' | 'chains'>, contactId: string): Promise<number> {
  for (;;) {
    const head = await chains.head(contactId, { fresh: true });
    if (head.kind === 'gone') return head.number;
    const next = (newestLink(head)?.number ?? 0) + 1;
    try {
      await store.tombstone(conversationStream(conversationIdOf(contactId, next)), 'none');
      return next;
    } catch (fault) {
      if (!(fault instanceof RevisionConflict) && !(fault instanceof StreamGone)) throw fault;
    }
  }
}
