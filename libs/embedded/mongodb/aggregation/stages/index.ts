import { transformation, transformationNames } from '../../transforming/index.js';
import type { CompileStage, Flow } from '../stage.js';
import { bucket, bucketAuto } from './bucket.js';
import { count, sortByCount } from './count.js';
import { densify } from './densify.js';
import { facet } from './facet.js';
import { fill } from './fill.js';
import { graphLookup } from './graph-lookup.js';
import { group } from './group.js';
import { lookup, unionWith } from './lookup.js';
import { matchFilter, matchStage } from './match.js';
import { limit, sample, skip } from './paging.js';
import { redact } from './redact.js';
import { setWindowFields } from './set-window-fields.js';
import { sortFields, sortStage } from './sort.js';
import { unwind } from './unwind.js';

/** Runs a function of one document on each. */
const each: CompileStage = (specification, { query }, name) => {
  const transform = transformation(name, specification, query);
  return function* (input: Flow) {
    for (const document of input) yield document === undefined ? undefined : transform(document);
  };
};

/** Every stage that may stand anywhere in a pipeline, by name. */
export const stages: ReadonlyMap<string, CompileStage> = new Map<string, CompileStage>([
  ...transformationNames.map((name) => [name, each] as const),
  ['$match', (specification, context) => matchStage(matchFilter(specification, context))],
  ['$sort', (specification, context) => sortStage(sortFields(specification), undefined, context)],
  ['$group', group],
  ['$limit', limit],
  ['$skip', skip],
  ['$sample', sample],
  ['$count', count],
  ['$sortByCount', sortByCount],
  ['$unwind', unwind],
  ['$lookup', lookup],
  ['$unionWith', unionWith],
  ['$facet', facet],
  ['$bucket', bucket],
  ['$bucketAuto', bucketAuto],
  ['$graphLookup', graphLookup],
  ['$redact', redact],
  ['$setWindowFields', setWindowFields],
  ['$fill', fill],
  ['$densify', densify],
]);
