import type { Pacer } from '../cursors/batch.js';
import type { Collection } from '../storage/collection.js';
import type { Plan } from './plan.js';
import { runPlan } from './run.js';
import type { Examined } from './examined.js';

/** Keys counted in one go before others have their turn. */
const CHUNK = 10_000;

/** How many documents a plan finds, counting no further than `most`; from the keys alone where they decide. */
export async function countResults(
  collection: Collection,
  plan: Plan,
  most: number,
  pacer: Pacer,
  examined: Examined,
): Promise<number> {
  if (isEverything(plan)) return Math.min(most, collection.count());
  if (plan.decidedByKeys && plan.access.kind === 'index') return countKeys(plan.access, most, pacer, examined);
  let count = 0;
  for (const stored of runPlan(plan, collection, examined)) {
    if (stored !== undefined) count++;
    if (count >= most) break;
    if (pacer.due) await pacer.rest();
  }
  return count;
}

const isEverything = ({ access, filter }: Plan): boolean =>
  access.kind === 'collection' && filter.kind === 'and' && filter.children.length === 0;

async function countKeys(
  { index, bounds }: Extract<Plan['access'], { kind: 'index' }>,
  most: number,
  pacer: Pacer,
  examined: Examined,
): Promise<number> {
  let count = 0;
  for (const { low, high } of bounds.ranges) {
    for (let from: Buffer | undefined = low; from !== undefined && count < most;) {
      const { rows, next } = index.table.countFrom(from, high, Math.min(CHUNK, most - count));
      count += rows;
      examined.keys += rows;
      from = next;
      if (pacer.due) await pacer.rest();
    }
  }
  return count;
}
