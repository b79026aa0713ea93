import type { BlockContact, RecordBlockedMessage, UnblockContact } from '../commands.js';
import type { ContactEvent } from '../events.js';
import type { KnownContact } from '../known-contact.js';

/** CON-6. That the open conversation is closed follows from it (`when-contact-blocked-then-close`). */
export function block({ contactId, blockId, reason }: BlockContact, contact: KnownContact): ContactEvent[] {
  if (contact.blockId !== undefined) return [];
  return [{ type: 'ContactBlocked', data: { contactId, blockId, ...(reason !== undefined && { reason }) } }];
}

export function unblock({ contactId }: UnblockContact, contact: KnownContact): ContactEvent[] {
  return contact.blockId === undefined ? [] : [{ type: 'ContactUnblocked', data: { contactId } }];
}

/** CON-6: also when the block was lifted since the contact was looked up; the message came before that. */
export function recordBlockedMessage(command: RecordBlockedMessage, contact: KnownContact): ContactEvent[] {
  const { contactId, messageId, channelId, identityKey, sentAt } = command;
  if (contact.blockedMessages.includes(messageId)) return [];
  const data = { contactId, messageId, channelId, identityKey, ...(sentAt !== undefined && { sentAt }) };
  return [{ type: 'InboundMessageBlocked', data }];
}
