import type { Flow, Selection, StageContext } from './stage.js';
import { matchStage } from './stages/match.js';
import { takeFirst } from './stages/paging.js';
import { sortStage } from './stages/sort.js';

/** Answers a selection from documents that are made elsewhere, as `Sources.find` answers it from a collection. */
export function selectFrom(documents: Flow, { filter, sort, limit }: Selection, context: StageContext): Flow {
  const matching = matchStage(filter)(documents);
  const ordered = sort === undefined ? matching : sortStage(sort, limit, context)(matching);
  return limit === undefined ? ordered : takeFirst(ordered, limit);
}
