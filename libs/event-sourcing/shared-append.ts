import type { Command } from './decider.js';
import type { DomainEvent, EventMetadata } from './event.js';
import type { EventToAppend } from './ports/event-store.js';
import type { Ids } from './ports/ids.js';

/** Commands that wait for one stream may share an append of at most so many events and characters of data. */
const mostEvents = 64;
const mostCharacters = 256 * 1024;

/** The events of one command, as decided on the state that the one before left. */
export interface Share<C extends Command, E extends DomainEvent> {
  readonly command: C;
  readonly events: readonly E[];
}

/** Says, share by share, whether the next one still fits; the first one always does. */
export function createAppendBudget(): (events: readonly DomainEvent[]) => boolean {
  const taken: (readonly DomainEvent[])[] = [];
  let events = 0;
  let characters = 0;
  return (more) => {
    events += more.length;
    taken.push(more);
    // Most appends have one share: only a second one is worth measuring both.
    if (taken.length === 1) return true;
    for (const share of taken.slice(taken.length === 2 ? 0 : -1)) characters += charactersOf(share);
    return events <= mostEvents && characters <= mostCharacters;
  };
}

const charactersOf = (events: readonly DomainEvent[]): number =>
  events.reduce((sum, { data }) => sum + JSON.stringify(data).length, 0);

/** What goes into the store for these shares at the revision after `revision`. */
export function eventsToAppend<C extends Command, E extends DomainEvent>(
  shares: readonly Share<C, E>[],
  revision: number,
  context: { readonly ids: Ids; readonly versionOf: (type: string) => number },
): EventToAppend[] {
  const settledAt = revision + shares.reduce((count, { events }) => count + events.length, 0);
  return shares.flatMap(({ command, events }) => {
    const { commandId, commandHash, correlationId, causationId, actor, at } = command;
    return events.map(({ type, data }) => {
      const metadata: EventMetadata = {
        commandId,
        commandHash,
        correlationId,
        causationId,
        actor,
        at,
        schemaVersion: context.versionOf(type),
        ...(shares.length > 1 && { settledAt }),
      };
      // Ids of this attempt, not of the command: were they the same for a twin that another process appends at the same
      // moment, the store would take one for a repetition of the other, and this process would go on with facts and a
      // position that are not what stands in the stream. A real repetition is found by the ring after the conflict.
      return { id: context.ids.next(), type, data, metadata };
    });
  });
}
