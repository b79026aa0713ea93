import type { ChannelProfile } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import type { Channel } from '#channels/channel';
import {
  contactFacts,
  contactStream,
  ensureContact,
  recordBlockedMessage,
  recordProfile,
  settleIdentity,
} from '#contacts/contact';
import type { ContactFacts } from '#contacts/contact';
import { claimIdentity, identityKey, isLateRedelivery, ownerOf, releaseIdentity } from '#contacts/identity';
import type { ExternalIdentity } from '#contacts/identity';
import { Overloaded, StreamGone } from '#event-sourcing';
import type { CommandHeader, Origin, Position, Refusal } from '#event-sourcing';
import { findMessage, lastConversation, newestLink, nextOpening } from '../chain/index.js';
import type { ChainHead, ChainLink, ConversationPorts } from '../chain/index.js';
import { assignedUser, keptAssignee } from '../conversation/assignees.js';
import type { Opening, ReceiveMessage } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import { conversationHolding, noKnownMessages } from '../conversation/known-messages.js';
import { asksRouting } from '../conversation/routing.js';
import { hasBegun } from '../conversation/state.js';
import type { Assignee } from '../conversation/state.js';
import type { LivingContact } from '../conversation/touch.js';

/** What a channel delivers. */
export interface InboundMessage {
  readonly channelId: string;
  readonly type: 'message' | 'welcome';
  readonly externalMessageId: string;
  readonly from: ChannelProfile & { readonly externalUserId: string };
  readonly text: string;
  /** The channel's time, RFC 3339 with any offset. */
  readonly sentAt?: string | undefined;
}

export type InboundRefusal = Refusal<'not-found'> | (Refusal<'channel-disabled'> & { readonly channelId: string });

export type InboundResult =
  | {
      readonly kind: 'received';
      /** False when the same message had come before: then this is where it lies. */
      readonly created: boolean;
      readonly messageId: string;
      readonly contactId: string;
      readonly conversationId: string;
      readonly position: Position;
    }
  /** A late redelivery of a message of an erased contact; leaves nothing (DEL-5). */
  | { readonly kind: 'erased'; readonly position: Position }
  /** The contact is blocked: that it wrote is recorded, what it wrote is not (CON-6). */
  | { readonly kind: 'blocked'; readonly position: Position }
  | { readonly accepted: false; readonly refusal: InboundRefusal };

/** A message on its way, with everything about it that does not depend on who owns the identity. */
interface Delivery {
  readonly message: InboundMessage;
  readonly header: CommandHeader;
  readonly channel: Channel;
  readonly identity: ExternalIdentity & { readonly identityKey: string };
  readonly messageId: string;
  readonly sentAt: string | undefined;
}

/** Closings and erasures that one message may run into before it is a storm. */
const mostRaces = 20;
/** An erasure lets go of the identities in its first steps, a moment after it was asked for. Milliseconds. */
const pauseOfErasure = 100;

/**
 * The inbound path (decision 3): claim, contact, newest conversation, append. Each step can be finished by the next
 * message. What another process closed or erased meanwhile is met by the append; then everything is read anew.
 */
export async function receiveInbound(
  ports: ConversationPorts,
  { header }: Origin,
  message: InboundMessage,
): Promise<InboundResult> {
  const channel = ports.views.read(channelDirectory).get(message.channelId);
  if (!channel) return { accepted: false, refusal: { code: 'not-found' } };
  const { channelId, medium, idScope, enabled } = channel;
  if (!enabled) return { accepted: false, refusal: { code: 'channel-disabled', channelId } };
  const external = { medium, idScope, externalUserId: message.from.externalUserId };
  const delivery = {
    message,
    header,
    channel,
    identity: { ...external, identityKey: identityKey(ports.ids, external) },
    messageId: ports.ids.keyed('message', channelId, message.externalMessageId),
    sentAt: message.sentAt === undefined ? undefined : new Date(message.sentAt).toISOString(),
  };
  for (let race = 0; race < mostRaces; race++) {
    // What is stored with a contact that is being erased goes with it, so that is the last resort: the sender of a
    // message is never turned away because of an erasure that stands still.
    const result = await deliver(ports, delivery, race > 0, race === mostRaces - 1);
    if (result === 'erasing') await ports.clock.sleep(pauseOfErasure);
    else if (result) return result;
  }
  throw new Overloaded(`inbound messages of channel ${channelId}`);
}

/** `undefined`: somebody closed or erased what this process knew. `erasing`: the owner is about to be nobody's. */
async function deliver(
  ports: ConversationPorts,
  delivery: Delivery,
  fresh: boolean,
  lastResort: boolean,
): Promise<InboundResult | 'erasing' | undefined> {
  const owner = await ownership(ports, delivery, fresh);
  if ('erasedAt' in owner) return { kind: 'erased', position: owner.erasedAt };
  const { contactId, subjectId } = owner;
  try {
    const contact = await contactFacts(ports.runner, contactId, { fresh });
    if (contact.phase === 'deleting' && !lastResort) return 'erasing';
    await completeContact(ports, delivery, await subjectOf(ports, owner, contact));
    // What a channel tells of somebody new comes first: routing goes by it when the conversation opens.
    const isNew = contact.phase === 'unknown';
    const introduced = isNew ? await withProfile(ports, delivery, subjectId, 0) : 0;
    const stored = await store(ports, delivery, owner, contact, fresh);
    if (stored?.kind !== 'received') return stored;
    const position = Math.max(stored.position, introduced);
    return { ...stored, position: isNew ? position : await withProfile(ports, delivery, subjectId, position) };
  } catch (fault) {
    if (!(fault instanceof StreamGone)) throw fault;
    if (fresh && fault.stream === contactStream(contactId)) await releaseOrphan(ports, delivery, contactId);
    return undefined;
  }
}

/**
 * A claim whose contact is gone: made before a crash that kept the contact from ever attaching the identity, so its
 * erasure could not know of it. Without the release the person would be turned away for ever.
 */
async function releaseOrphan(
  ports: ConversationPorts,
  { identity, header }: Delivery,
  contactId: string,
): Promise<void> {
  const release = { contactId, identityKey: identity.identityKey, recentMessages: [] };
  await releaseIdentity(ports.runner, step(ports, header, 'release-orphan', contactId), release);
}

/** Whose the message is. After merges the owner can be another contact than the one whose identity it is. */
interface Owner {
  readonly contactId: string;
  readonly subjectId: string;
  /** With whom messages of the identity can lie, too. */
  readonly earlierOwnerIds: readonly string[];
  /** Of the claim, as it was read. */
  readonly claimRevision: number;
}

/**
 * Of two who claim the identity at once, the loser takes the winner's contact. `erasedAt`: the message is one of an
 * erased contact's.
 */
async function ownership(
  ports: ConversationPorts,
  delivery: Delivery,
  fresh: boolean,
): Promise<Owner | { readonly erasedAt: Position }> {
  const { runner, ids } = ports;
  const { identity, messageId, sentAt, header } = delivery;
  const remembered = await ownerOf(runner, identity.identityKey, { fresh });
  // Nobody's, or a merge's, from memory: an erasure or an undoing may have come in another process since.
  const settled = remembered.ownerId !== undefined && remembered.earlierOwnerIds.length === 0;
  const owned = fresh || settled ? remembered : await ownerOf(runner, identity.identityKey, { fresh: true });
  const { ownerId, subjectId, earlierOwnerIds, revision } = owned;
  if (isLateRedelivery(owned.release, { hash: messageId, sentAt, at: header.at })) return { erasedAt: owned.position };
  if (ownerId !== undefined && subjectId !== undefined) {
    return { contactId: ownerId, subjectId, earlierOwnerIds, claimRevision: revision };
  }
  const contactId = ids.derivedUuid('contact', header.commandId, String(revision));
  const claim = await claimIdentity(runner, step(ports, header, 'claim', String(revision)), { ...identity, contactId });
  const winner = claim.accepted ? contactId : claim.refusal.contactId;
  return { contactId: winner, subjectId: winner, earlierOwnerIds: [], claimRevision: claim.revision };
}

/** The contact that claimed the identity: what the identity tells is recorded there, whoever owns it. */
async function subjectOf(
  { runner }: ConversationPorts,
  { contactId, subjectId }: Owner,
  owner: ContactFacts,
): Promise<ContactFacts> {
  return subjectId === contactId ? owner : contactFacts(runner, subjectId, { fresh: false });
}

/** Makes the contact of the claim, unless it is there already; a sealed one takes nothing more. */
async function completeContact(
  ports: ConversationPorts,
  { identity, channel, header }: Delivery,
  contact: ContactFacts,
): Promise<void> {
  if (contact.phase === 'deleting') return;
  const { contactId } = contact;
  const known = contact.phase === 'unknown' ? [] : contact.identities;
  const attached = known.find(({ identityKey }) => identityKey === identity.identityKey);
  if (attached?.channelIds.includes(channel.channelId)) return;
  const claimed = { ...identity, channelId: channel.channelId };
  await ensureContact(ports.runner, step(ports, header, 'contact', contactId), { contactId, identities: [claimed] });
}

type Stored = Extract<InboundResult, { kind: 'received' | 'blocked' }>;

/** Appends the message to the open conversation, or to the next one; finds where it lies when it had come before. */
async function store(
  ports: ConversationPorts,
  delivery: Delivery,
  owner: Owner,
  contact: ContactFacts,
  fresh: boolean,
): Promise<Stored | undefined> {
  const { runner, chains } = ports;
  const head = await chains.head(owner.contactId, { fresh });
  if (head.kind === 'gone') return undefined;
  const newest = newestLink(head);
  const before =
    (newest && (await holding(ports, delivery, newest))) ?? (await withEarlierOwner(ports, delivery, owner));
  const opening = before ?? (await placeFor(ports, delivery, owner, contact, head));
  if (opening === 'gone') return undefined;
  if (opening === 'blocked') return recordBlocked(ports, delivery, owner.contactId);
  if (opening === 'moved') {
    await settleIdentity(ports, delivery.header, delivery.identity.identityKey);
    return undefined;
  }
  const { messageId } = delivery;
  const { contactId } = opening;
  const isNew = before === undefined && opening.number > (newest?.number ?? 0);
  const kept = isNew ? await keptFor(ports, delivery, contactId, newest) : {};
  const facts = isNew
    ? { kept, assigned: undefined, ...asksRouting(ports.views, kept) }
    : { kept, assigned: assignedUser(ports.views, newest?.phase === 'open' ? newest.assignee : {}) };
  const stream = conversationStream(opening.conversationId);
  const result = await runner.run(conversationDecider, stream, {
    ...commandOf(delivery, owner),
    ...opening,
    ...facts,
  });
  if (!result.accepted) return undefined;
  const created = result.events.length > 0 && !result.repeated;
  const holder = created ? opening.number : await holderOf(ports, delivery, opening);
  const conversationId = conversationIdOf(contactId, holder);
  return { kind: 'received', created, messageId, contactId, conversationId, position: result.position };
}

/** ASG-4. Who assigned the contact may have done so in another process since this one read it. */
async function keptFor(
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
async function holderOf(
  { runner }: ConversationPorts,
  { messageId }: Delivery,
  { conversationId, number }: Opening,
): Promise<number> {
  const { state } = await runner.load(conversationDecider, conversationStream(conversationId), { fresh: false });
  return (hasBegun(state) ? conversationHolding(messageId, state.received, state.number) : undefined) ?? number;
}

/** Where the message lies already; `blocked`: it was kept out when it came first. */
async function holding(
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
async function withEarlierOwner(
  ports: ConversationPorts,
  delivery: Delivery,
  { earlierOwnerIds }: Owner,
): Promise<Opening | 'blocked' | undefined> {
  for (const contactId of earlierOwnerIds) {
    const head = await ports.chains.head(contactId, { fresh: true });
    const newest = head.kind === 'gone' ? undefined : newestLink(head);
    const found = newest && (await holding(ports, delivery, newest));
    if (found) return found;
  }
  return undefined;
}

/** Where a message goes that has not come before; `blocked`: it is kept out, `moved`: it is another contact's by now. */
async function placeFor(
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

async function recordBlocked(
  ports: ConversationPorts,
  { header, channel, identity, messageId, sentAt }: Delivery,
  contactId: string,
): Promise<Stored | undefined> {
  const { identityKey } = identity;
  const message = { contactId, messageId, channelId: channel.channelId, identityKey, sentAt };
  const recorded = await recordBlockedMessage(ports.runner, step(ports, header, 'blocked', contactId), message);
  return recorded.accepted ? { kind: 'blocked', position: recorded.position } : undefined;
}

function commandOf(
  delivery: Delivery,
  { contactId, subjectId, claimRevision }: Owner,
): Omit<ReceiveMessage, 'conversationId' | 'number' | 'known' | 'moved' | 'kept' | 'assigned'> {
  const { message, header, channel, identity, messageId, sentAt } = delivery;
  const { channelId, medium } = channel;
  return {
    ...header,
    type: 'ReceiveMessage',
    kind: message.type,
    contactId,
    subjectId,
    claimRevision,
    address: { channelId, medium, identityKey: identity.identityKey },
    messageId,
    externalMessageId: message.externalMessageId,
    text: message.text,
    ...(sentAt !== undefined && { sentAt }),
  };
}

/** What the message says about the person; a crash before it is made good by the next message. */
async function withProfile(
  ports: ConversationPorts,
  { message, header, channel, identity }: Delivery,
  contactId: string,
  position: Position,
): Promise<Position> {
  const { channelId, medium } = channel;
  const about = { contactId, channelId, medium, identityKey: identity.identityKey, payload: message.from };
  try {
    const recorded = await recordProfile(ports, header, () => step(ports, header, 'profile', contactId), about);
    return recorded?.accepted ? Math.max(position, recorded.position) : position;
  } catch (fault) {
    // The message is stored; that the contact is erased meanwhile does not change the answer.
    if (fault instanceof StreamGone) return position;
    throw fault;
  }
}

/** A command of its own for each stream: under one id, events of two streams would have the same ids. */
function step({ ids }: ConversationPorts, header: CommandHeader, name: string, of: string): CommandHeader {
  return {
    ...header,
    commandId: ids.derivedUuid('inbound', name, header.commandId, of),
    causationId: header.commandId,
  };
}
