import { matches, parseFilter } from '../../matching/index.js';
import type { MatchExpression } from '../../matching/index.js';
import { Document, MongoError } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Flow, RunStage, StageContext } from '../stage.js';

/** The filter of `$match`. Throws 15959 for no object. */
export function matchFilter(specification: Value, { query }: StageContext): MatchExpression {
  if (!(specification instanceof Document))
    throw new MongoError(15959, 'the match filter must be an expression in an object');
  return parseFilter(specification, query);
}

/** `$match`: what does not pass still marks a point to pause at now and then. */
export const matchStage = (filter: MatchExpression): RunStage =>
  function* (input: Flow) {
    let barren = 0;
    for (const document of input) {
      if (document !== undefined && matches(filter, document)) {
        yield document;
        barren = 0;
      } else if (document === undefined || ++barren % 64 === 0) yield undefined;
    }
  };
