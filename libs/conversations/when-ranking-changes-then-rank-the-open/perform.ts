import type { Position, ToDoContext, WorkflowPorts } from '#event-sourcing';
import { nextOrder } from '../queue/index.js';
import { partsOfOpen, putRankingIntoEffect, recordOpenRanked } from '../ranking/index.js';
import type { RankFurther } from './todo.js';

/** About so many conversations are ranked by one event: the other models wait for no more than that. */
const conversationsAtOnce = 500;
const patienceMs = 5_000;

/**
 * Records that the next parts of the open conversations are ranked, which the model then does; after the last one the
 * order takes effect. What is left to do the model says, which decides alone whether a change is too big for it. It has
 * seen the part before by then: readers never meet an order that is not complete.
 */
export async function rankFurther(
  { runner, models }: Pick<WorkflowPorts, 'runner' | 'models'>,
  { since }: RankFurther,
  { header }: Pick<ToDoContext, 'header'>,
): Promise<Position> {
  await models.waitFor(since, patienceMs);
  const next = await nextOrder(models);
  if (!next) return since;
  const { version, ranked, open } = next;
  const to = Math.min(partsOfOpen, ranked + partsAtOnce(open));
  const done =
    ranked < partsOfOpen
      ? await recordOpenRanked(runner, header, { version, from: ranked, to })
      : await putRankingIntoEffect(runner, header, version);
  return done.accepted ? done.position : since;
}

const partsAtOnce = (open: number): number =>
  Math.max(1, Math.floor((partsOfOpen * conversationsAtOnce) / Math.max(1, open)));
