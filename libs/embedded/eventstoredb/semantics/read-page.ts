import type { EventReader, PageLimit } from '../storage/event-reader.js';
import { readAllPage } from './read-all.js';
import type { Page, ReadPlan } from './read-plan.js';
import { readStreamPage } from './read-stream.js';

/** Reads the next page of a plan, on one state of the log. */
export function readPage(reader: EventReader, plan: ReadPlan, limit: PageLimit): Page {
  if (plan.count <= 0 || plan.from > plan.to)
    return { items: [], examined: plan.source === 'all' ? (plan.checkpoints?.examined ?? 0) : 0 };
  return reader.snapshot(() =>
    plan.source === 'stream' ? readStreamPage(reader, plan, limit) : readAllPage(reader, plan, limit),
  );
}
