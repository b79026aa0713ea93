import type { QueryContext } from '../expressions/index.js';
import { transformation } from '../transforming/index.js';
import { Document, identical, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';

/** The stages an update may use. */
const allowed = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/** An update by stages of aggregation. Throws 72 for other stages, 40323 for a stage that is not one field. */
export function parsePipeline(stages: readonly Value[], context: QueryContext): (document: Document) => Document {
  const steps = stages.map((stage) => {
    const [name, specification] = stageOf(stage);
    if (!allowed.has(name)) throw new MongoError(72, `${name} is not allowed to be used within an update`);
    return transformation(name, specification, context);
  });
  return (document) => {
    const result = steps.reduce((current, step) => step(current), document);
    const id = document.get('_id');
    // A stage may drop the _id; it comes back, as in a replacement.
    const kept = id === undefined || result.has('_id') ? result : new Document([['_id', id], ...result]);
    return identical(kept, document) ? document : kept;
  };
}

function stageOf(stage: Value): readonly [string, Value] {
  const [only, other] = stage instanceof Document ? [...stage] : [];
  if (only === undefined || other !== undefined)
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return only;
}
