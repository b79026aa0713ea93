import { foldDocuments } from '#event-sourcing';
import type { AnyProjection, ProjectedDocument, RecordedEvent } from '#event-sourcing';

type Outcome = ReturnType<AnyProjection['project']>;

/**
 * The documents of a model after these events, by id: what the engine keeps, without its bookkeeping. Documents are
 * frozen, so that a step which changes one in place fails instead of passing by chance.
 */
export function projectedDocuments(
  projection: AnyProjection,
  events: readonly RecordedEvent[],
): ReadonlyMap<string, ProjectedDocument> {
  const freezing: AnyProjection = {
    ...projection,
    project: (...step) => frozen(projection.project(...step)),
    projectSide: (...step) => frozen(projection.projectSide(...step)),
  };
  return new Map([...foldDocuments(freezing, events)].map(([id, { body }]) => [id, body]));
}

function frozen(outcome: Outcome): Outcome {
  if (typeof outcome === 'object') freeze(outcome);
  return outcome;
}

function freeze(value: object): void {
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === 'object' && inner !== null && !Object.isFrozen(inner)) freeze(inner);
  }
  Object.freeze(value);
}
