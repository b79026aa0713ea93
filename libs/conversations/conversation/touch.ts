import { accessDirectory, channelAccessOf } from '#access/user';
import type { ChannelAccess } from '#access/user';
import { primaryFacts } from '#contacts/contact';
import type { ContactFacts } from '#contacts/contact';
import { StreamGone } from '#event-sourcing';
import type { CommandResult, Origin } from '#event-sourcing';
import type { ConversationPorts } from '../chain/ports.js';
import type { ConversationCommand } from './commands.js';
import { conversationDecider } from './decide.js';
import { conversationStream, parseConversationId } from './events.js';
import type { ConversationEvent } from './events.js';
import type { ConversationRefusal } from './refusals.js';

export type ConversationResult = CommandResult<ConversationEvent, ConversationRefusal>;
export type LivingContact = Extract<ContactFacts, { phase: 'known' }>;

/** What a command on a conversation needs besides the conversation. */
export interface TouchFacts {
  readonly contact: LivingContact;
  /** Of who sends the command. */
  readonly access: ChannelAccess;
}

export const refused = (refusal: ConversationRefusal): ConversationResult => ({
  accepted: false,
  refusal,
  revision: -1,
});

/**
 * The contact for whom something is done by hand, or why nothing can be. Read from the store: of a contact whose
 * deletion was requested in another process nothing may change any more (DEL-6). For a merged one its primary stands.
 */
export async function livingContact(
  { runner }: ConversationPorts,
  contactId: string,
): Promise<LivingContact | ConversationRefusal> {
  try {
    const contact = await primaryFacts(runner, contactId, { fresh: true });
    if (contact.phase === 'unknown') return { code: 'not-found' };
    return contact.phase === 'deleting' ? { code: 'contact-deleted' } : contact;
  } catch (fault) {
    if (fault instanceof StreamGone) return { code: 'contact-deleted' };
    throw fault;
  }
}

/** Runs a command on a conversation that is there. A closed one names the contact's open one (CNV-4). */
export async function touch(
  ports: ConversationPorts,
  { header, options }: Origin,
  conversationId: string,
  commandOf: (facts: TouchFacts) => ConversationCommand | ConversationRefusal,
): Promise<ConversationResult> {
  const place = parseConversationId(conversationId);
  if (!place) return refused({ code: 'not-found' });
  const contact = await livingContact(ports, place.contactId);
  if ('code' in contact) return refused(contact);
  const command = commandOf({ contact, access: channelAccessOf(ports.views.read(accessDirectory), header.actor) });
  if ('code' in command) return refused(command);
  try {
    const stream = conversationStream(conversationId);
    const result = await ports.runner.run(conversationDecider, stream, command, options);
    if (result.accepted || result.refusal.code !== 'conversation-closed') return result;
    return { ...result, refusal: { ...result.refusal, ...(await openOne(ports, contact.contactId)) } };
  } catch (fault) {
    if (fault instanceof StreamGone) return refused({ code: 'contact-deleted' });
    throw fault;
  }
}

async function openOne({ chains }: ConversationPorts, contactId: string): Promise<{ openConversationId?: string }> {
  const head = await chains.head(contactId, { fresh: true });
  if (head.kind !== 'conversation' || head.conversation.phase !== 'open') return {};
  return { openConversationId: head.conversation.conversationId };
}
