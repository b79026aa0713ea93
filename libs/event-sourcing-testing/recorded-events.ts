import type { Actor, DomainEvent, Recorded, RecordedEvent } from '#event-sourcing';

/** Where and by whom an event was written, as far as a test says so. */
export interface RecordedAs {
  readonly stream?: string;
  readonly actor?: Actor;
  /** RFC 3339 in UTC with milliseconds. */
  readonly at?: string;
}

/**
 * The events as the store would have them, one after another: positions 10, 20, 30 …, revisions counted per stream.
 * Unless said otherwise: of one stream, by one agent, at one instant.
 */
export function recordEvents<E extends DomainEvent>(
  events: readonly (E | readonly [E, RecordedAs])[],
): readonly Recorded<E>[] {
  const revisions = new Map<string, number>();
  return events.map((entry, index) => {
    const [event, place] = isPlaced(entry) ? entry : [entry, {}];
    const { stream = 'stream-1', actor = { id: 'ann', role: 'agent' }, at = '2026-03-02T09:00:00.000Z' } = place;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const recorded: RecordedEvent<E> = {
      id: `event-${index}`,
      stream,
      revision,
      position: (index + 1) * 10,
      type: event.type,
      data: event.data,
      metadata: {
        commandId: `command-${index}`,
        commandHash: 'hash',
        correlationId: 'request',
        causationId: `command-${index}`,
        actor,
        at,
        schemaVersion: 1,
      },
      created: at,
    };
    // One record type per member of the union: what TypeScript cannot follow through a generic.
    return recorded as Recorded<E>;
  });
}

function isPlaced<E extends DomainEvent>(entry: E | readonly [E, RecordedAs]): entry is readonly [E, RecordedAs] {
  return Array.isArray(entry);
}
