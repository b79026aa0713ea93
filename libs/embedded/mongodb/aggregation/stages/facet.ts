import { Document, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, Flow, Pipeline } from '../stage.js';
import { matchStage } from './match.js';
import { sortStage } from './sort.js';

const notInside = [
  '$collStats',
  '$facet',
  '$geoNear',
  '$indexStats',
  '$out',
  '$merge',
  '$documents',
  '$listLocalSessions',
  '$changeStream',
];

/** `$facet`: several pipelines over the same documents. Throws 40169 and 40170 for bad fields, 40600 for stages not allowed. */
export const facet: CompileStage = (specification, context) => {
  if (!(specification instanceof Document) || specification.size === 0)
    throw new MongoError(40169, 'the $facet specification must be a non-empty object');
  const pipelines = [...specification].map(([name, stages]) => {
    if (name.startsWith('$') || name.includes('.'))
      throw new MongoError(16410, `FieldPath field names may not start with '$' or contain '.': ${name}`);
    if (!Array.isArray(stages))
      throw new MongoError(40170, `arguments to $facet must be arrays, ${name} is type ${typeName(stages)}`);
    checkStages(stages);
    const { selection, run } = context.compile(stages, context);
    const leading = matchStage(selection.filter);
    const sort = selection.sort === undefined ? undefined : sortStage(selection.sort, selection.limit, context);
    return [
      name,
      (input: Flow) => run(limited(sort === undefined ? leading(input) : sort(leading(input)), selection.limit)),
    ] as const;
  });
  return function* (input: Flow) {
    const documents: Document[] = [];
    for (const document of input)
      if (document === undefined) yield undefined;
      else documents.push(document);
    const result = new Document();
    for (const [name, run] of pipelines) {
      const found: Value[] = [];
      for (const document of run(documents))
        if (document === undefined) yield undefined;
        else found.push(document);
      result.set(name, found);
    }
    yield result;
  };
};

function checkStages(stages: readonly Value[]): void {
  for (const stage of stages) {
    const name = stage instanceof Document ? (stage.keys().next().value ?? '') : '';
    if (notInside.includes(name))
      throw new MongoError(40600, `${name} is not allowed to be used within a $facet stage`);
  }
}

function* limited(input: Flow, limit: Pipeline['selection']['limit']): Flow {
  let left = limit ?? Infinity;
  for (const document of input) {
    if (document !== undefined && left-- <= 0) return;
    yield document;
  }
}
