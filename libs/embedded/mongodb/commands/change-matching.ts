import type { Pacer } from '../cursors/batch.js';
import { matches } from '../matching/index.js';
import type { Plan } from '../planner/plan.js';
import { nothingExamined } from '../planner/examined.js';
import { runPlan } from '../planner/run.js';
import type { Collection } from '../storage/collection.js';
import type { Stored } from '../storage/document-cache.js';
import type { WriteRun } from './write-run.js';

/**
 * Applies a change to the documents that a plan finds: to the first, or to all. They are found before any is changed, so
 * that none is met again where its change has put it; one that another client changed meanwhile is changed only if it still
 * matches. A single change by `_id` runs at once, without giving way.
 */
export function changeMatching(
  run: WriteRun,
  collection: Collection,
  plan: Plan,
  single: boolean,
  apply: (stored: Stored) => void,
): undefined | Promise<void> {
  if (plan.access.kind !== 'id') return changeFound(run, collection, plan, single, apply);
  const { id } = plan.access;
  run.change(() => {
    const stored = collection.byId(id);
    if (stored !== undefined && matches(plan.filter, stored.document)) apply(stored);
  });
  return undefined;
}

async function changeFound(
  run: WriteRun,
  collection: Collection,
  plan: Plan,
  single: boolean,
  apply: (stored: Stored) => void,
): Promise<void> {
  for (;;) {
    const found = await findNumbers(run.pacer, collection, plan, single ? 1 : Infinity);
    let changed = 0;
    for (const rid of found) {
      run.change(() => {
        const stored = collection.byRid(rid);
        if (stored === undefined || !matches(plan.filter, stored.document)) return;
        apply(stored);
        changed++;
      });
      if (run.pacer.due) await run.pacer.rest();
    }
    // The only one found may have been taken by another client in between: there may be a next one.
    if (!single || changed > 0 || found.length === 0) return;
  }
}

/** The numbers of the documents that a plan finds, no more than `limit`. */
async function findNumbers(pacer: Pacer, collection: Collection, plan: Plan, limit: number): Promise<number[]> {
  const found: number[] = [];
  for (const stored of runPlan(plan, collection, nothingExamined())) {
    if (stored !== undefined) found.push(stored.rid);
    if (found.length >= limit) break;
    if (pacer.due) await pacer.rest();
  }
  return found;
}
