import { contactStream } from '#contacts/contact';
import type { ContactEvent } from '#contacts/contact';
import type { ConversationChains } from '#conversations/chain';
import { inventoryOf } from '#conversations/chain';
import type { EventStore } from '#event-sourcing';
import type { DeletionCounts } from '../audit/index.js';

/** What the audit keeps about the contact besides its hint: numbers and platforms, nothing personal (DEL-4). */
export interface ContactInventory {
  readonly platforms: readonly string[];
  readonly counts: DeletionCounts;
}

/** Of the contacts together. Throws `StreamGone` when one of them is gone. */
export async function contactInventory(
  ports: { readonly store: EventStore; readonly chains: ConversationChains },
  contactIds: readonly string[],
): Promise<ContactInventory> {
  const platforms = new Set<string>();
  const counts = { identities: 0, conversations: 0, messages: 0, notes: 0, attributes: 0 };
  for (const contactId of contactIds) {
    const identities = new Map<string, string>();
    const notes = new Set<string>();
    const attributes = new Set<string>();
    for await (const { type, data } of ports.store.readStream(contactStream(contactId))) {
      // The codec has checked the data against the catalogue; the stream holds the contact's events only.
      const event = { type, data } as ContactEvent;
      if (event.type === 'IdentityAttached') identities.set(event.data.identityKey, event.data.medium);
      if (event.type === 'ContactNoteAdded') notes.add(event.data.noteId);
      if (event.type === 'AttributeSet') attributes.add(`${event.data.medium ?? ''} ${event.data.alias}`);
    }
    const { conversations, messages } = await inventoryOf(ports, contactId, contactIds);
    for (const medium of identities.values()) platforms.add(medium);
    counts.identities += identities.size;
    counts.conversations += conversations;
    counts.messages += messages;
    counts.notes += notes.size;
    counts.attributes += attributes.size;
  }
  return { platforms: [...platforms].toSorted(), counts };
}
