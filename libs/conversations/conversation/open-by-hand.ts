import { accessDirectory, channelAccessOf, reaches } from '#access/user';
import { channelDirectory } from '#channels/channel';
import type { Channel } from '#channels/channel';
import { seesContact } from '#contacts/contact';
import { Overloaded, StreamGone } from '#event-sourcing';
import type { Origin } from '#event-sourcing';
import { lastConversation, newestLink } from '../chain/chain.js';
import { nextOpening } from '../chain/next-opening.js';
import { keptAssignee } from './assignees.js';
import type { ConversationPorts } from '../chain/ports.js';
import type { OpenByHand } from './commands.js';
import { conversationDecider } from './decide.js';
import { conversationIdOf, conversationStream } from './events.js';
import type { Recipient } from './events/of-conversation.js';
import { asksRouting } from './routing.js';
import { livingContact, refused } from './touch.js';
import type { ConversationResult, LivingContact } from './touch.js';

/** Conversations that can open and close again while somebody opens one: more is a storm, not a race. */
const mostRaces = 10;

/** CNV-2 by a user or a service, on a channel where the contact has an identity. */
export async function openByHand(
  ports: ConversationPorts,
  { header, options }: Origin,
  opening: {
    readonly contactId: string;
    readonly channelId: string;
    readonly onBehalfOf?: 'automation' | undefined;
  },
): Promise<ConversationResult> {
  const { contactId, channelId, onBehalfOf } = opening;
  const channel = ports.views.read(channelDirectory).get(channelId);
  const access = channelAccessOf(ports.views.read(accessDirectory), header.actor);
  if (!channel || !reaches(access, [channelId])) return refused({ code: 'not-found' });
  if (!channel.enabled) return refused({ code: 'channel-disabled', channelId });
  try {
    for (let race = 0; race < mostRaces; race++) {
      const contact = await livingContact(ports, contactId);
      if ('code' in contact) return refused(contact);
      if (!seesContact(contact, { userId: header.actor.id, channels: access })) return refused({ code: 'not-found' });
      if (contact.blockId !== undefined) return refused({ code: 'contact-blocked' });
      const address = addressOn(channel, contact);
      if (!address) return refused({ code: 'not-reachable', channelId });
      const how = { address, ...(onBehalfOf !== undefined && { onBehalfOf }) };
      const result = await openNext(ports, { header, options }, contact, how);
      if (result) return result;
    }
  } catch (fault) {
    if (fault instanceof StreamGone) return refused({ code: 'contact-deleted' });
    throw fault;
  }
  throw new Overloaded(`a new conversation of contact ${contactId}`);
}

/** The identity of the contact on the channel, the newest when there are several. */
export function addressOn(channel: Channel, { identities }: LivingContact): Recipient | undefined {
  const { channelId, medium, idScope } = channel;
  const identity = identities.findLast((one) => one.medium === medium && one.idScope === idScope);
  return identity && { channelId, medium, identityKey: identity.identityKey, subjectId: identity.subjectId };
}

/** `undefined`: somebody opened, closed or merged meanwhile; look again. */
async function openNext(
  { runner, chains, views }: ConversationPorts,
  { header, options }: Origin,
  { contactId, assignment }: LivingContact,
  how: Pick<OpenByHand, 'address' | 'onBehalfOf'>,
): Promise<ConversationResult | undefined> {
  const head = await chains.head(contactId, { fresh: true });
  if (head.kind === 'gone') return refused({ code: 'contact-deleted' });
  const opening = await nextOpening(runner, contactId, head);
  if (opening === 'gone') return refused({ code: 'contact-deleted' });
  if (opening === 'blocked') return refused({ code: 'contact-blocked' });
  if (opening === 'moved') return undefined;
  const newest = newestLink(head);
  const last = await lastConversation(chains, contactId, newest);
  const kept = keptAssignee(views, assignment, last, { channelId: how.address.channelId, waits: false });
  // What a user opens is theirs.
  const toRoute = header.actor.role === 'service' ? asksRouting(views, kept) : {};
  const command: OpenByHand = { ...header, type: 'OpenByHand', ...opening, kept, ...how, ...toRoute };
  // The same request may have opened one of the newest two, before its answer was lost (decision 2).
  for (const number of options.keyed && newest ? [newest.number, newest.number - 1] : []) {
    const stream = conversationStream(conversationIdOf(contactId, number));
    const settled = number > 0 ? await runner.settled(conversationDecider, stream, command) : undefined;
    if (settled) return settled;
  }
  if (newest?.phase === 'open') return refused({ code: 'conversation-open', conversationId: newest.conversationId });
  const stream = conversationStream(command.conversationId);
  const result = await runner.run(conversationDecider, stream, command, options);
  return result.accepted || result.refusal.code !== 'conversation-closed' ? result : undefined;
}
