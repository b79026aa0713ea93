import { removed } from '#event-sourcing';
import type { AnyProjection, ProjectedDocument, RecordedEvent } from '#event-sourcing';

/**
 * The documents of a model after these events, by id: what the engine keeps, without its bookkeeping. Documents are
 * frozen, so that a step which changes one in place fails instead of passing by chance.
 */
export function projectedDocuments(
  projection: AnyProjection,
  events: readonly RecordedEvent[],
): ReadonlyMap<string, ProjectedDocument> {
  const documents = new Map<string, ProjectedDocument>();
  const side = new Map<string, ProjectedDocument>();
  for (const event of events) {
    for (const id of projection.sideKeys(event).changed) {
      keep(side, id, projection.projectSide(side.get(id), event, id));
    }
    if (!projection.eventTypes.has(event.type)) continue;
    for (const id of projection.keys(event, side)) {
      keep(documents, id, projection.project(documents.get(id), event, id, side));
    }
  }
  return documents;
}

function keep(
  documents: Map<string, ProjectedDocument>,
  id: string,
  outcome: ReturnType<AnyProjection['project']>,
): void {
  if (outcome === removed) documents.delete(id);
  else if (outcome !== undefined) documents.set(id, frozen(outcome));
}

function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === 'object' && inner !== null && !Object.isFrozen(inner)) frozen(inner);
  }
  return Object.freeze(value);
}
