import type { Db, Sort } from 'mongodb';
import { StoreUnavailable } from '#event-sourcing';
import type { Position, ReadModels, Stored } from '#event-sourcing';
import { hasCode, mongoCall, mongoCode } from './faults.js';
import { filterOf, pageFilters } from './keyset.js';
import type { PositionWatch } from './position-watch.js';
import type { StoredForm } from './stored-form.js';

const longestQuery = 10_000;

/**
 * The port `ReadModels` on MongoDB. Answers `StoreUnavailable` until the models have taken in the erasure that was the
 * newest one when this process first asked, and again when their position has gone back: an older copy of the database, put back, shows nobody who is gone (DEL-6).
 * The same for a model that goes on by itself, behind the position that a query would state: slow, or poisoned.
 */
export function mongoReadModels(db: Db, watch: PositionWatch, newestErasure: () => Promise<Position>): ReadModels {
  const collection = (model: string) => db.collection<StoredForm>(model);
  let erasure: Position | undefined;
  let open = false;
  let highest = 0;

  /** Positions that go back mean that the models were dropped, or an older copy was put in their place. */
  function seen(position: Position): Position {
    if (position < highest) {
      erasure = undefined;
      open = false;
    }
    highest = position;
    return position;
  }

  async function query<T>(model: string, work: () => Promise<T>): Promise<T> {
    if (!open) {
      erasure ??= await newestErasure();
      if (seen(await watch.position()) < erasure) throw new StoreUnavailable('documents', 'erasures are being applied');
      open = true;
    }
    if (watch.isBehind(model)) throw new StoreUnavailable('documents', `${model} is behind the other models`);
    return mongoCall(() => onceMore(work));
  }

  return {
    get: <Doc extends object>(model: string, id: string) =>
      query(model, async () => {
        const found = await collection(model).findOne({ _id: id }, { maxTimeMS: longestQuery });
        return found && !found._deleted ? shown<Doc>(found) : undefined;
      }),
    many: <Doc extends object>(model: string, ids: readonly string[]) =>
      query(model, async () => {
        const found = await collection(model)
          .find({ _id: { $in: [...ids] } }, { maxTimeMS: longestQuery, batchSize: ids.length + 1 })
          .toArray();
        return found.filter(({ _deleted }) => !_deleted).map(shown<Doc>);
      }),
    page: <Doc extends object>(model: string, request: Parameters<ReadModels['page']>[1]) =>
      query(model, async () => {
        const sort: Sort = { ...request.sort, _id: request.sort['_id'] ?? 1 };
        const found: StoredForm[] = [];
        for (const filter of pageFilters(request)) {
          const limit = request.limit - found.length;
          if (limit === 0) break;
          const options = { sort, limit, batchSize: limit + 1, maxTimeMS: longestQuery };
          found.push(...(await collection(model).find(filter, options).toArray()));
        }
        return found.map(shown<Doc>);
      }),
    count: (model, where) =>
      query(model, async () => {
        // Not an aggregation: this one can be answered from an index alone.
        const { n } = await db.command({ count: model, query: filterOf(where), maxTimeMS: longestQuery });
        return Number(n);
      }),
    generation: (model) => query(model, () => Promise.resolve(watch.generation(model))),
    position: async () => seen(await watch.position()),
    waitFor: async (position, milliseconds) => seen(await watch.waitFor(position, milliseconds)),
  };
}

/** A rebuilt model may take the place of the one that is being read: then the same question finds the new one. */
async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (hasCode(error, mongoCode.queryPlanKilled, mongoCode.cursorNotFound, mongoCode.namespaceNotFound)) return work();
    throw error;
  }
}

function shown<Doc extends object>(stored: StoredForm): Stored<Doc> {
  const document = Object.entries(stored).filter(([name]) => name !== '_owners');
  return Object.fromEntries(document) as Stored<Doc>;
}
