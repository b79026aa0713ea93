import type { Actor, EventCatalogue, RecordedEvent } from '#event-sourcing';

import { legible } from '../legible.js';

/** An event as a replay shows it. */
export interface ReplayLine {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** Of the schema that `data` has. */
  readonly version: number;
  /** The store's time. */
  readonly created: string;
  /** When it was decided. */
  readonly at: string;
  readonly actor: Actor;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a replay shows of personal fields: nothing, unless they are revealed. */
export const concealed = '[personal]';
const sealed = '[sealed]';

/** `reveal`: personal fields are shown. Secrets of the configuration never are. */
export function lineOf(catalogue: EventCatalogue, event: RecordedEvent, reveal: boolean): ReplayLine {
  const { id, stream, revision, type, created, metadata } = event;
  const definition = catalogue.definitions.get(type);
  if (!definition) throw new Error(`${type} is not in the catalogue`);
  const { at, actor, commandId, correlationId, causationId } = metadata;
  const data = Object.fromEntries(
    Object.entries(legible(event)).map(([name, value]) => {
      const field = definition.fields[name];
      if (field?.kind === 'sealed') return [name, sealed];
      return [name, field?.subject !== undefined && !reveal ? concealed : value];
    }),
  );
  return {
    id,
    stream,
    revision,
    type,
    version: definition.version,
    created,
    at,
    actor,
    commandId,
    correlationId,
    causationId,
    data,
  };
}
