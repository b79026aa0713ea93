import type { Position, RecordedEvent } from '../event.js';
import type { EventStore } from '../ports/event-store.js';

/** How the engine knows the event that says: these contacts are erased. */
export interface ErasureEvent {
  /** Stream that holds these events; it is never scavenged. */
  readonly stream: string;
  readonly type: string;
  readonly contactIds: (event: RecordedEvent) => readonly string[];
}

/** The erased contacts and where in the log their erasure stands. Takes some 100 bytes of memory for each. */
export interface ErasedContacts {
  isErasure(event: RecordedEvent): boolean;
  /** The contacts that the event erases, known from now on. */
  add(event: RecordedEvent): readonly string[];
  /** Was any of them erased before, or at, this position? */
  any(contacts: readonly string[], at: Position): boolean;
}

/**
 * Reads who was erased. A document of an erased contact is refused from the erasure's position on, and not before:
 * so a rebuild, which meets the old events again, ends with the same documents as the model that saw them live.
 */
export async function readErasedContacts(store: EventStore, erasure: ErasureEvent): Promise<ErasedContacts> {
  const positions = new Map<string, Position>();
  const erased: ErasedContacts = {
    isErasure: (event) => event.type === erasure.type && event.stream === erasure.stream,
    add(event) {
      const contacts = erasure.contactIds(event);
      for (const contact of contacts) {
        if (!positions.has(contact)) positions.set(contact, event.position);
      }
      return contacts;
    },
    any: (contacts, at) => contacts.some((contact) => (positions.get(contact) ?? Infinity) <= at),
  };
  for await (const event of store.readStream(erasure.stream)) {
    if (erased.isErasure(event)) erased.add(event);
  }
  return erased;
}

/** Position of the newest erasure, 0 when there is none: models older than it must not answer. */
export async function newestErasure(store: EventStore, erasure: ErasureEvent): Promise<Position> {
  for await (const event of store.readStream(erasure.stream, { direction: 'backwards' })) {
    if (event.type === erasure.type) return event.position;
  }
  return 0;
}
