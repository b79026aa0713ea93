import { compileExpression } from '../expressions/index.js';
import type { MatchExpression } from '../matching/index.js';
import type { SortField } from '../sorting/index.js';
import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Flow, Output, Pipeline, RunStage, Sources, StageContext } from './stage.js';
import { stages as stageTable } from './stages/index.js';
import { matchFilter } from './stages/match.js';
import { limitOf } from './stages/paging.js';
import { sortFields, sortStage } from './stages/sort.js';

/** Stages that describe something instead of reading documents. */
const describing = new Set(['$collStats', '$indexStats', '$listLocalSessions']);

/** Known to MongoDB, not to this server. */
const refused = new Set(['$geoNear', '$listSessions', '$planCacheStats', '$currentOp', '$search', '$searchMeta']);

/** One stage, taken out of its object. */
interface NamedStage {
  readonly name: string;
  readonly specification: Value;
}

/**
 * Understands a pipeline. Throws 40323 for a stage that is not one field, 40324 for an unknown one, 40602 for a source
 * stage that is not first, 40601 for `$out` or `$merge` that is not last, 40573 for change streams, 31082 for search indexes,
 * and the stages' codes.
 */
export function parsePipeline(stages: readonly Value[], environment: Omit<StageContext, 'compile'>): Pipeline {
  return compile(stages, { ...environment, compile });
}

function compile(stages: readonly Value[], context: StageContext): Pipeline {
  const named = stages.map(nameOf);
  checkPlaces(named);
  const last = named.at(-1);
  const output =
    last !== undefined && isOutput(last.name) ? { stage: last.name, specification: last.specification } : undefined;
  const body = output === undefined ? named : named.slice(0, -1);
  const [first] = body;
  const source = first === undefined ? undefined : sourceOf(first, context);
  const leading =
    source === undefined ? takeLeading(body, context) : { taken: 1, selection: selectEverything(context) };
  const rest = body.slice(leading.taken);
  return {
    selection: leading.selection,
    source,
    run: compileAll(rest, context),
    output,
    stages: rest.map(({ name }) => name),
  };
}

const isOutput = (name: string): name is Output['stage'] => name === '$out' || name === '$merge';

function nameOf(stage: Value): NamedStage {
  const [only, other] = stage instanceof Document ? [...stage] : [];
  if (only === undefined || other !== undefined)
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  const [name, specification] = only;
  if (name === '$changeStream')
    throw new MongoError(40573, 'The $changeStream stage is only supported on replica sets');
  if (name === '$listSearchIndexes')
    throw new MongoError(31082, '$listSearchIndexes is a feature of MongoDB Atlas, which the embedded server is not');
  if (refused.has(name)) throw new MongoError(40324, `${name} is not supported by the embedded server`);
  if (!stageTable.has(name) && !isOutput(name) && name !== '$documents' && !describing.has(name))
    throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return { name, specification };
}

function checkPlaces(stages: readonly NamedStage[]): void {
  for (const [index, { name }] of stages.entries()) {
    if (isOutput(name) && index < stages.length - 1)
      throw new MongoError(40601, `${name} can only be the final stage in the pipeline`);
    if ((name === '$documents' || describing.has(name)) && index > 0)
      throw new MongoError(40602, `${name} is only valid as the first stage in a pipeline`);
  }
}

function sourceOf({ name, specification }: NamedStage, context: StageContext): (() => Flow) | undefined {
  if (describing.has(name)) return () => context.sources.describe(name, specification);
  if (name !== '$documents') return undefined;
  const value = compileExpression(specification, context.query)(new Document());
  if (!Array.isArray(value)) throw new MongoError(5858203, '$documents needs an array of objects');
  const documents = value.map((element) => {
    if (!(element instanceof Document)) throw new MongoError(40228, '$documents needs an array of objects');
    return element;
  });
  return () => documents;
}

const everything: MatchExpression = { kind: 'and', children: [] };

const selectEverything = (context: StageContext): Pipeline['selection'] => ({
  filter: everything,
  sort: undefined,
  limit: undefined,
  context: context.query,
});

/** Takes `$match` … `$sort` `$limit` from the beginning, as far as one reading of a collection can answer them. */
function takeLeading(
  stages: readonly NamedStage[],
  context: StageContext,
): { readonly taken: number; readonly selection: Pipeline['selection'] } {
  const filters: MatchExpression[] = [];
  let sort: readonly SortField[] | undefined;
  let limit: number | undefined;
  let taken = 0;
  for (const { name, specification } of stages) {
    if (name === '$match' && limit === undefined) filters.push(matchFilter(specification, context));
    else if (name === '$sort' && sort === undefined && limit === undefined) sort = sortFields(specification);
    else if (name === '$limit') limit = Math.min(limit ?? Infinity, limitOf(specification));
    else break;
    taken += 1;
  }
  const [only] = filters;
  const filter = only !== undefined && filters.length === 1 ? only : { kind: 'and' as const, children: filters };
  return { taken, selection: { filter, sort, limit, context: context.query } };
}

function compileAll(stages: readonly NamedStage[], context: StageContext): RunStage {
  const runs: RunStage[] = [];
  for (const [index, { name, specification }] of stages.entries()) {
    const next = stages[index + 1];
    // Behind a sort only so many documents are wanted: the sort need not hold the others.
    const limit = name === '$sort' && next?.name === '$limit' ? limitOf(next.specification) : undefined;
    const compileStage = stageTable.get(name);
    if (limit !== undefined) runs.push(sortStage(sortFields(specification), limit, context));
    else if (compileStage !== undefined) runs.push(compileStage(specification, context, name));
  }
  return (input) => runs.reduce((flow, run) => run(flow), input);
}

/** Runs a pipeline over a collection. */
export function runPipeline(pipeline: Pipeline, collection: string, sources: Sources): Flow {
  return pipeline.run(pipeline.source?.() ?? sources.find(collection, pipeline.selection));
}
