import type { QueryContext } from '../expressions/index.js';
import type { MatchExpression } from '../matching/index.js';
import type { SortField } from '../sorting/index.js';
import type { Document, Value } from '../values/index.js';

/** Documents as they are made; an `undefined` in between is none, but a point where the work may pause. */
export type Flow = Iterable<Document | undefined>;

/** What a reader of a collection is asked for. */
export interface Selection {
  readonly filter: MatchExpression;
  readonly sort: readonly SortField[] | undefined;
  readonly limit: number | undefined;
  readonly context: QueryContext;
}

/** Where stages find documents besides their input; the server answers from its storage. */
export interface Sources {
  /** The documents of a collection of the same database, through indexes where they help; none if there is none. */
  readonly find: (collection: string, selection: Selection) => Flow;
  /** What `$collStats`, `$indexStats` and `$listLocalSessions` tell. */
  readonly describe: (stage: string, specification: Value) => Flow;
}

/** What stages are compiled with. */
export interface StageContext {
  readonly query: QueryContext;
  readonly sources: Sources;
  /** Whether `$group` and `$sort` may go beyond 100 MB. */
  readonly allowDiskUse: boolean;
  /** Compiles the pipelines inside of `$lookup`, `$unionWith` and `$facet`. */
  readonly compile: (stages: readonly Value[], context: StageContext) => Pipeline;
}

/** Makes documents of documents. */
export type RunStage = (input: Flow) => Flow;

export type CompileStage = (specification: Value, context: StageContext, name: string) => RunStage;

/** Where the results of a pipeline go instead of to the client. */
export interface Output {
  readonly stage: '$out' | '$merge';
  readonly specification: Value;
}

/** A pipeline, understood: what a planner may take over, and the rest. */
export interface Pipeline {
  /** The leading `$match`, `$sort` and `$limit`, to be answered by `Sources.find`. */
  readonly selection: Selection;
  /** A first stage that makes its documents itself (`$documents`, `$collStats`, …) instead of reading a collection. */
  readonly source: (() => Flow) | undefined;
  readonly run: RunStage;
  readonly output: Output | undefined;
  /** The names of the stages in `run`, for explain. */
  readonly stages: readonly string[];
}

/** Beyond this many bytes `$group` and `$sort` need `allowDiskUse`. */
export const memoryLimit = 100 * 1024 * 1024;
