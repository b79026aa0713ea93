import { contactStream } from '#contacts/contact';
import type { ContactEvent } from '#contacts/contact';
import type { ConversationChains } from '#conversations/chain';
import { inventoryOf } from '#conversations/chain';
import { StreamGone } from '#event-sourcing';
import type { EventStore } from '#event-sourcing';
import type { DeletionCounts } from '../audit/index.js';

/** What the audit keeps about the contact besides its hint: numbers and platforms, nothing personal (DEL-4). */
export interface ContactInventory {
  readonly platforms: readonly string[];
  readonly counts: DeletionCounts;
}

/** `undefined`: the contact's stream is gone, so its deletion was recorded long ago. */
export async function contactInventory(
  ports: { readonly store: EventStore; readonly chains: ConversationChains },
  contactId: string,
): Promise<ContactInventory | undefined> {
  const identities = new Map<string, string>();
  const notes = new Set<string>();
  const attributes = new Set<string>();
  try {
    for await (const { type, data } of ports.store.readStream(contactStream(contactId))) {
      // The codec has checked the data against the catalogue; the stream holds the contact's events only.
      const event = { type, data } as ContactEvent;
      if (event.type === 'IdentityAttached') identities.set(event.data.identityKey, event.data.medium);
      if (event.type === 'ContactNoteAdded') notes.add(event.data.noteId);
      if (event.type === 'AttributeSet') attributes.add(`${event.data.medium ?? ''} ${event.data.alias}`);
    }
  } catch (fault) {
    if (fault instanceof StreamGone) return undefined;
    throw fault;
  }
  const { conversations, messages } = await inventoryOf(ports, contactId);
  return {
    platforms: [...new Set(identities.values())].toSorted(),
    counts: {
      identities: identities.size,
      conversations,
      messages,
      notes: notes.size,
      attributes: attributes.size,
    },
  };
}
