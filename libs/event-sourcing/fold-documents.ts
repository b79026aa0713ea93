import type { Position, RecordedEvent } from './event.js';
import { removed, sideBodies } from './projection.js';
import type { AnyProjection, Outcome, ProjectedDocument } from './projection.js';

/** A document of a model, as the events folded so far leave it. */
export interface FoldedDocument {
  /** Position of the last event that changed it. */
  readonly at: Position;
  readonly body: ProjectedDocument;
}

/**
 * The documents of a model after these events, by id: what the engine would keep of them, without any database.
 * `events` are in order of position and may be a part of the log, if it is the part that the documents come from.
 */
export function foldDocuments(
  projection: AnyProjection,
  events: Iterable<RecordedEvent>,
): ReadonlyMap<string, FoldedDocument> {
  const documents = new Map<string, FoldedDocument>();
  const side = new Map<string, FoldedDocument>();
  for (const event of events) {
    const { changed, needed } = projection.sideKeys(event);
    const bodyOf = (id: string): ProjectedDocument | undefined => side.get(id)?.body;
    const before = sideBodies(projection, [...changed, ...needed], bodyOf);
    for (const id of changed) keep(side, id, event, projection.projectSide(side.get(id)?.body, event, id, before));
    if (!projection.eventTypes.has(event.type)) continue;
    const seen = { side: sideBodies(projection, [...changed, ...needed], bodyOf), before };
    for (const id of new Set(projection.keys(event, seen))) {
      keep(documents, id, event, projection.project(documents.get(id)?.body, event, id, seen));
    }
  }
  return documents;
}

function keep(documents: Map<string, FoldedDocument>, id: string, { position }: RecordedEvent, outcome: Outcome): void {
  if (outcome === removed) documents.delete(id);
  else if (outcome !== undefined && outcome !== documents.get(id)?.body) {
    documents.set(id, { at: position, body: outcome });
  }
}
