import { contactFacts } from '#contacts/contact';
import type { ContactFacts } from '#contacts/contact';
import { ownerOf } from '#contacts/identity';
import { holds } from '#event-sourcing';
import { findMessage, lastConversation, newestLink, nextOpening } from '../chain/index.js';
import type { ChainHead, ChainLink, ConversationPorts } from '../chain/index.js';
import { keptAssignee } from '../conversation/assignees.js';
import type { Opening } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import { conversationHolding, noKnownMessages } from '../conversation/known-messages.js';
import { hasBegun } from '../conversation/state.js';
import type { Assignee } from '../conversation/open-conversation.js';
import type { LivingContact } from '../conversation/touch.js';
import type { Delivery } from './delivery.js';
import type { Owner } from './ownership.js';

/** ASG-4. Who assigned the contact may have done so in another process since this one read it. */
export async function keptFor(
  { runner, views, chains }: ConversationPorts,
  { channel: { channelId }, message }: Delivery,
  contactId: string,
  newest: ChainLink | undefined,
): Promise<Assignee> {
  const contact = await contactFacts(runner, contactId, { fresh: newest !== undefined });
  if (contact.phase !== 'known') return {};
  const last = await lastConversation(chains, contactId, newest);
  return keptAssignee(views, contact.assignment, last, { channelId, waits: message.type === 'message' });
}

/** Who lost the race for opening can find the message among those that the winner's conversation was opened with. */
export async function holderOf(
  { runner }: ConversationPorts,
  { messageId }: Delivery,
  { conversationId, number }: Opening,
): Promise<number> {
  const { state } = await runner.load(conversationDecider, conversationStream(conversationId), { fresh: false });
  return (hasBegun(state) ? conversationHolding(messageId, state.received, state.number) : undefined) ?? number;
}

/** Where the message lies already; `blocked`: it was kept out when it came first. */
export async function holding(
  { chains }: ConversationPorts,
  { messageId, sentAt }: Delivery,
  newest: ChainLink,
): Promise<Opening | 'blocked' | undefined> {
  const { contactId } = newest;
  const number = await findMessage(chains, newest, { messageId, ...(sentAt !== undefined && { sentAt }) });
  if (number === undefined) return undefined;
  const link = await chains.link(contactId, number);
  return typeof link === 'object' && link.phase === 'sealed' ? 'blocked' : placeIn(contactId, number);
}

/** CON-2: a message of an identity that a merge moved can have come before that, or before it was undone. */
export async function withEarlierOwner(
  ports: ConversationPorts,
  delivery: Delivery,
  { contactId, earlierOwnerIds }: Owner,
): Promise<Opening | 'blocked' | undefined> {
  for (const earlierId of earlierOwnerIds) {
    const head = await ports.chains.head(earlierId, { fresh: true });
    const newest = newestLink(head);
    const found = newest ? await holding(ports, delivery, newest) : await movedTo(ports, delivery, contactId, head);
    if (found) return found;
  }
  return undefined;
}

/**
 * What lay with an earlier owner who was erased has moved into a conversation that had ended by then: none carries it.
 */
async function movedTo(
  { chains, runner }: ConversationPorts,
  { messageId }: Delivery,
  contactId: string,
  earlier: ChainHead,
): Promise<Opening | undefined> {
  if (earlier.kind !== 'gone') return undefined;
  const head = await chains.head(contactId, { fresh: false });
  for (let number = newestLink(head)?.number ?? 0; number > 0; number--) {
    const stream = conversationStream(conversationIdOf(contactId, number));
    const { state } = await runner.load(conversationDecider, stream, { fresh: true });
    if (hasBegun(state) && holds(state.received.own, messageId)) return placeIn(contactId, number);
  }
  return undefined;
}

/**
 * Where a message goes that has not come before; `blocked`: it is kept out, `moved`: it is another contact's by now.
 */
export async function placeFor(
  { runner }: ConversationPorts,
  { messageId, identity }: Delivery,
  { contactId, claimRevision }: Owner,
  contact: ContactFacts,
  head: Exclude<ChainHead, { kind: 'gone' }>,
): Promise<Opening | 'blocked' | 'moved' | 'gone'> {
  if (contact.phase === 'known' && keepsOut(contact, messageId)) return 'blocked';
  if (head.kind === 'conversation' && head.conversation.phase === 'open') {
    return placeIn(contactId, head.conversation.number);
  }
  // A seal tells to read the claim again: it may be from before the seal.
  if (
    head.kind === 'sealed' &&
    (await ownerOf(runner, identity.identityKey, { fresh: true })).revision > claimRevision
  ) {
    return 'moved';
  }
  return nextOpening(runner, contactId, head);
}

const placeIn = (contactId: string, number: number): Opening => ({
  conversationId: conversationIdOf(contactId, number),
  contactId,
  number,
  known: noKnownMessages,
  moved: [],
});

/** Of a message that a block kept out once, also after the block was lifted (CON-2). */
const keepsOut = ({ blockId, blockedMessages }: LivingContact, messageId: string): boolean =>
  blockId !== undefined || blockedMessages.includes(messageId);
