import { isBeingDeleted } from '#contacts/contact-view';
import { parseConversationId } from '#conversations/conversation';
import { wasDeleted } from '#deletion-audit/deleted-contacts-view';
import type { ReadModels } from '#event-sourcing';

/** Whether the contact was deleted, or its deletion was requested. Says nothing else about it, so anyone may know. */
export async function isGone(models: ReadModels, contactId: string): Promise<boolean> {
  return (await isBeingDeleted(models, contactId)) ?? wasDeleted(models, contactId);
}

/** With its contact a conversation is gone: from the request on, when the model still has it, and for good (DEL-6). */
export async function isGoneWithContact(models: ReadModels, conversationId: string): Promise<boolean> {
  const contactId = parseConversationId(conversationId)?.contactId;
  return contactId !== undefined && (await isGone(models, contactId));
}
