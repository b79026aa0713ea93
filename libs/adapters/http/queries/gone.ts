import { isBeingDeleted } from '#contacts/contact-view';
import { wasDeleted } from '#deletion-audit/deleted-contacts-view';
import type { ReadModels } from '#event-sourcing';

/** Whether the contact was deleted, or its deletion was requested. Says nothing else about it, so anyone may know. */
export async function isGone(models: ReadModels, contactId: string): Promise<boolean> {
  return (await isBeingDeleted(models, contactId)) ?? wasDeleted(models, contactId);
}
