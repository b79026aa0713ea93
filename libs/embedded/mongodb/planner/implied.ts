import type { IndexSpec } from '../indexes/index-spec.js';
import type { MatchExpression } from '../matching/expression.js';
import { conditionIntervals } from './condition-intervals.js';
import { covers, NULLISH } from './interval.js';
import type { Requirement } from './requirements.js';

/**
 * Whether every document that meets the requirements is in a sparse or partial index; otherwise scanning it would miss
 * some. `partial` is the index's filter, parsed.
 */
export function coversResults(
  spec: IndexSpec,
  partial: MatchExpression | undefined,
  all: readonly Requirement[],
): boolean {
  if (spec.sparse && !spec.key.some(({ path }) => all.some((known) => known.path === path && demandsPresence(known))))
    return false;
  return partial === undefined || implied(partial, all);
}

/** Documents that lack the field cannot meet it. */
function demandsPresence({ condition, keys }: Requirement): boolean {
  if (condition.operator === '$elemMatch' || condition.operator === '$exists') return true;
  return keys?.intervals.every((interval) => !covers([NULLISH], [interval]) && !covers([interval], [NULLISH])) ?? false;
}

function implied(partial: MatchExpression, all: readonly Requirement[]): boolean {
  if (partial.kind === 'and') return partial.children.every((child) => implied(child, all));
  if (partial.kind === 'or') return partial.children.some((child) => implied(child, all));
  if (partial.kind !== 'field') return false;
  const here = all.filter(({ path, element }) => path === partial.path && element === undefined);
  if (partial.operator === '$exists') return here.some(demandsPresence);
  const wanted = conditionIntervals(partial);
  if (wanted?.exact !== true) return false;
  return here.some(({ keys }) => keys?.exact === true && covers(wanted.intervals, keys.intervals));
}
