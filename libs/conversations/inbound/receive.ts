import type { ChannelProfile } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import type { Channel } from '#channels/channel';
import { contactFacts, contactStream, ensureContact, recordBlockedMessage, recordProfile } from '#contacts/contact';
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
    const result = await deliver(ports, delivery, race > 0);
    if (result) return result;
  }
  throw new Overloaded(`inbound messages of channel ${channelId}`);
}

/** `undefined`: somebody closed or erased what this process knew. */
async function deliver(
  ports: ConversationPorts,
  delivery: Delivery,
  fresh: boolean,
): Promise<InboundResult | undefined> {
  const owner = await ownership(ports, delivery, fresh);
  if (owner.erased) return { kind: 'erased', position: owner.position };
  const { contactId } = owner;
  try {
    const contact = await contactFacts(ports.runner, contactId, { fresh });
    await completeContact(ports, delivery, contactId, contact);
    const stored = await store(ports, delivery, contactId, contact, fresh);
    if (stored?.kind !== 'received') return stored;
    return { ...stored, position: await withProfile(ports, delivery, contactId, stored.position) };
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

type Owner =
  { readonly erased: false; readonly contactId: string } | { readonly erased: true; readonly position: Position };

/** Whose message it is; of two who claim the identity at once, the loser takes the winner's contact. */
async function ownership(ports: ConversationPorts, delivery: Delivery, fresh: boolean): Promise<Owner> {
  const { runner, ids } = ports;
  const { identity, messageId, sentAt, header } = delivery;
  let owned = await ownerOf(runner, identity.identityKey, { fresh });
  // Nobody's, from memory: an erasure may have come and gone in another process since.
  if (owned.ownerId === undefined && !fresh) owned = await ownerOf(runner, identity.identityKey, { fresh: true });
  if (isLateRedelivery(owned.release, { hash: messageId, sentAt, at: header.at })) {
    return { erased: true, position: owned.position };
  }
  if (owned.ownerId !== undefined) return { erased: false, contactId: owned.ownerId };
  const contactId = ids.derivedUuid('contact', header.commandId, String(owned.revision));
  const claim = await claimIdentity(runner, step(ports, header, 'claim', String(owned.revision)), {
    ...identity,
    contactId,
  });
  return { erased: false, contactId: claim.accepted ? contactId : claim.refusal.contactId };
}

/** Makes the contact of the claim, unless it is there already; a sealed one takes nothing more. */
async function completeContact(
  ports: ConversationPorts,
  { identity, channel, header }: Delivery,
  contactId: string,
  contact: ContactFacts,
): Promise<void> {
  if (contact.phase === 'deleting') return;
  const known = contact.phase === 'known' ? contact.identities : [];
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
  contactId: string,
  contact: ContactFacts,
  fresh: boolean,
): Promise<Stored | undefined> {
  const { runner, chains } = ports;
  const { messageId, sentAt } = delivery;
  const head = await chains.head(contactId, { fresh });
  if (head.kind === 'gone') return undefined;
  const newest = newestLink(head);
  const before = newest && (await findMessage(chains, newest, { messageId, ...(sentAt !== undefined && { sentAt }) }));
  const opening = await placeFor(ports, delivery, { contact, contactId, head, before });
  if (opening === 'gone') return undefined;
  if (opening === 'blocked') return recordBlocked(ports, delivery, contactId);
  const isNew = opening.number > (newest?.number ?? 0);
  const facts = isNew
    ? { kept: await keptFor(ports, delivery, contactId, newest), assigned: undefined }
    : { kept: {}, assigned: assignedUser(ports.views, newest?.phase === 'open' ? newest.assignee : {}) };
  const stream = conversationStream(opening.conversationId);
  const result = await runner.run(conversationDecider, stream, {
    ...commandOf(delivery, contactId),
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

/** Where the message lies, or goes; `blocked`: it is kept out, now or when it came first. */
async function placeFor(
  { runner, chains }: ConversationPorts,
  { messageId }: Delivery,
  found: {
    readonly contact: ContactFacts;
    readonly contactId: string;
    readonly head: Exclude<ChainHead, { kind: 'gone' }>;
    /** Number of the link that holds it already. */
    readonly before: number | undefined;
  },
): Promise<Opening | 'blocked' | 'gone'> {
  const { contact, contactId, head, before } = found;
  if (before !== undefined) {
    const link = await chains.link(contactId, before);
    const kept = typeof link === 'object' && link.phase === 'sealed';
    return kept ? 'blocked' : placeIn(contactId, before);
  }
  if (contact.phase === 'known' && keepsOut(contact, messageId)) return 'blocked';
  const open = head.kind === 'conversation' && head.conversation.phase === 'open' ? head.conversation : undefined;
  return open ? placeIn(contactId, open.number) : nextOpening(runner, contactId, head);
}

const placeIn = (contactId: string, number: number): Opening => ({
  conversationId: conversationIdOf(contactId, number),
  contactId,
  number,
  known: noKnownMessages,
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
  contactId: string,
): Omit<ReceiveMessage, 'conversationId' | 'number' | 'known' | 'kept' | 'assigned'> {
  const { message, header, channel, identity, messageId, sentAt } = delivery;
  const { channelId, medium } = channel;
  return {
    ...header,
    type: 'ReceiveMessage',
    kind: message.type,
    contactId,
    subjectId: contactId,
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
