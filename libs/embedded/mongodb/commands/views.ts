import { parsePipeline, selectFrom } from '../aggregation/index.js';
import type { Flow, Selection, Sources, StageContext } from '../aggregation/index.js';
import type { Database } from '../storage/database.js';
import type { Value } from '../values/index.js';

/** Where the documents of a name come from: from a collection, through the stages of the views on it. */
export interface Origin {
  readonly collection: string;
  /** The views in between, from the name down. */
  readonly views: readonly string[];
  readonly stages: readonly Value[];
}

export function originOf(database: Database | undefined, name: string): Origin {
  const views: string[] = [];
  const pipelines: (readonly Value[])[] = [];
  let collection = name;
  for (let view = database?.views.get(name); view !== undefined; view = database?.views.get(collection)) {
    views.push(collection);
    pipelines.unshift(view.pipeline);
    collection = view.viewOn;
  }
  return { collection, views, stages: pipelines.flat() };
}

/** A reading of a view, as one of the collection below and what is still to be done with what that finds. */
export interface Lowered {
  readonly selection: Selection;
  readonly rest: (found: Flow) => Flow;
}

/**
 * Takes a selection through a view's stages. A view that only filters leaves nothing to do: both filters are answered by
 * the collection, with its indexes.
 */
export function lower({ stages }: Origin, selection: Selection, environment: Omit<StageContext, 'compile'>): Lowered {
  // The variables of the reader are none of the view's.
  const query = { ...environment.query, variables: new Map<string, Value | undefined>() };
  const context: StageContext = { ...environment, query, compile: parsePipeline };
  const view = parsePipeline(stages, context);
  const { source } = view;
  const below = view.selection;
  if (source === undefined && view.stages.length === 0 && below.sort === undefined && below.limit === undefined) {
    const filter = { kind: 'and', children: [below.filter, selection.filter] } as const;
    return { selection: { ...selection, filter }, rest: (found) => found };
  }
  return {
    selection: below,
    rest: (found) => selectFrom(view.run(source === undefined ? found : source()), selection, context),
  };
}

/** What a reading of a view finds. */
export function findInView(
  origin: Origin,
  selection: Selection,
  sources: Sources,
  environment: Omit<StageContext, 'compile' | 'sources'>,
): Flow {
  const { selection: below, rest } = lower(origin, selection, { ...environment, sources });
  return rest(sources.find(origin.collection, below));
}
