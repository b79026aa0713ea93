import { foldDocuments, readInMemory } from '#event-sourcing';
import type { AnyProjection, Position, ReadModels, RecordedEvent, Stored } from '#event-sourcing';
import { happenedBy } from './moment.js';
import type { Moment } from './moment.js';

/** Read models as they were, for queries about the contact or conversation whose history they were made from. */
export interface ModelsAsOf {
  readonly models: ReadModels;
  /** Of the newest event in them, 0 when nothing had happened by then. */
  readonly position: Position;
}

/**
 * HIS-2: folds the history through the projections that keep the live models, so that what was cannot differ from what
 * was shown. `history` holds all events, in order of position, that the documents in question come from.
 */
export function modelsAsOf(
  projections: readonly AnyProjection[],
  history: readonly RecordedEvent[],
  moment: Moment,
): ModelsAsOf {
  const events = happenedBy(history, moment);
  const position = events.at(-1)?.position ?? 0;
  const folded = new Map<string, readonly Stored<object>[]>();
  const documentsOf = (model: string): readonly Stored<object>[] => {
    const known = folded.get(model) ?? fold(projections, model, events);
    folded.set(model, known);
    return known;
  };
  const here = (): Promise<Position> => Promise.resolve(position);
  return { models: readInMemory(documentsOf, { position: here, waitFor: here }), position };
}

function fold(
  projections: readonly AnyProjection[],
  model: string,
  events: readonly RecordedEvent[],
): readonly Stored<object>[] {
  const projection = projections.find(({ name }) => name === model);
  if (!projection) throw new Error(`there is no model ${model}`);
  return [...foldDocuments(projection, events)].map(([_id, { at, body }]) => ({ ...body, _id, _at: at }));
}
