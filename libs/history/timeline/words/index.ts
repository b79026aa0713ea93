import type { DomainEvent, RecordedEvent } from '#event-sourcing';
import { contactWords } from './of-contacts.js';
import { conversationWords } from './of-conversations.js';
import type { Words } from './words.js';

export type { Place } from './words.js';

/** How each event type of these streams reads. The compiler asks for the words of a new one. */
const words: ReadonlyMap<string, Words<DomainEvent>> = new Map<string, Words<DomainEvent>>(
  Object.entries({ ...contactWords, ...conversationWords }),
);

export const wordedTypes: ReadonlySet<string> = new Set(words.keys());

/** Throws for an event of another stream than a contact's or a conversation's. */
export function wordsOf({ type }: RecordedEvent): Words<DomainEvent> {
  const found = words.get(type);
  if (!found) throw new Error(`${type} has no words in a timeline`);
  return found;
}
