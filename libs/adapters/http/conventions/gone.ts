import type { Viewer } from '#access/user';
import { isBeingDeleted } from '#contacts/contact-view';
import { conversationView } from '#conversations/conversation-view';
import { parseConversationId } from '#conversations/conversation';
import { wasDeleted } from '#deletion-audit/deleted-contacts-view';
import type { ReadModels } from '#event-sourcing';
import { existing } from '../problems/existing.js';
import { Problem } from '../problems/problem.js';

type NoContact = { readonly gone: true } | { readonly primaryId: string } | undefined;

/** What was found of the contact. Throws why it is not there: `contact-deleted`, `contact-merged` or `not-found`. */
export async function existingContact<Contact extends object>(
  models: ReadModels,
  contactId: string,
  found: Contact | NoContact,
): Promise<Contact> {
  if (found === undefined) throw new Problem((await isErased(models, contactId)) ? 'contact-deleted' : 'not-found');
  if ('gone' in found) throw new Problem('contact-deleted');
  if ('primaryId' in found) throw new Problem('contact-merged', { members: { contactId, primaryId: found.primaryId } });
  return found;
}

type Presence = 'there' | 'deleting' | 'erased' | 'unknown';

async function presenceOf(models: ReadModels, contactId: string): Promise<Presence> {
  const deleting = await isBeingDeleted(models, contactId);
  if (deleting !== undefined) return deleting ? 'deleting' : 'there';
  return (await wasDeleted(models, contactId)) ? 'erased' : 'unknown';
}

/** Nothing is left by which anyone could have seen the contact: from then on everybody may know that it is gone. */
export async function isErased(models: ReadModels, contactId: string): Promise<boolean> {
  return (await presenceOf(models, contactId)) === 'erased';
}

/** With its contact a conversation is gone: from the request on, when the model still has it, and for good (DEL-6). */
export async function isGoneWithContact(models: ReadModels, conversationId: string): Promise<boolean> {
  return ['deleting', 'erased'].includes(await presenceOfOwner(models, conversationId));
}

/**
 * Throws `contact-deleted` for a conversation that is gone with its contact; `not-found` as ever for who does not see
 * it, as long as the models have it.
 */
export async function refuseGone(models: ReadModels, conversationId: string, viewer: Viewer): Promise<void> {
  const presence = await presenceOfOwner(models, conversationId);
  if (presence === 'deleting') existing(await conversationView(models, conversationId, viewer));
  if (presence === 'deleting' || presence === 'erased') throw new Problem('contact-deleted');
}

async function presenceOfOwner(models: ReadModels, conversationId: string): Promise<Presence> {
  const contactId = parseConversationId(conversationId)?.contactId;
  return contactId === undefined ? 'unknown' : presenceOf(models, contactId);
}
