import { channelDirectory } from '#channels/channel';
import { contactFacts, contactStream, recordBlockedMessage, recordProfile, settleIdentity } from '#contacts/contact';
import type { ContactFacts } from '#contacts/contact';
import { identityKey } from '#contacts/identity';
import { Overloaded, StreamGone } from '#event-sourcing';
import type { Origin, Position, Refusal } from '#event-sourcing';
import { newestLink } from '../chain/index.js';
import type { ConversationPorts } from '../chain/index.js';
import { assignedUser } from '../conversation/assignees.js';
import type { ReceiveMessage } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import { asksRouting } from '../conversation/routing.js';
import { step } from './delivery.js';
import type { Delivery, InboundMessage } from './delivery.js';
import { completeContact, ownership, releaseOrphan, subjectOf } from './ownership.js';
import type { Owner } from './ownership.js';
import { holderOf, holding, keptFor, placeFor, withEarlierOwner } from './place.js';

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
  const { channelId, medium, region } = channel;
  const { identityKey } = identity;
  const about = { contactId, channelId, medium, region, identityKey, payload: message.from };
  try {
    const recorded = await recordProfile(ports, header, () => step(ports, header, 'profile', contactId), about);
    return recorded?.accepted ? Math.max(position, recorded.position) : position;
  } catch (fault) {
    // The message is stored; that the contact is erased meanwhile does not change the answer.
    if (fault instanceof StreamGone) return position;
    throw fault;
  }
}
