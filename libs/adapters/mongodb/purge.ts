import type { Collection } from 'mongodb';
import type { Position } from '#event-sourcing';
import { fromStored, toStored } from './stored-form.js';
import type { StoredForm } from './stored-form.js';

const atOnce = 1_000;

/** Puts tombstones in the place of all documents of these owners, and takes away what was theirs before. */
export async function purgeOwners(
  collection: Collection<StoredForm>,
  owners: readonly string[],
  at: Position,
): Promise<void> {
  const erased = { $in: [...owners] };
  await replaceAll(
    collection,
    () =>
      collection.find({ _owners: erased }, { projection: { _id: 1 }, limit: atOnce, batchSize: atOnce + 1 }).toArray(),
    ({ _id }) => ({ filter: { _id, _owners: erased }, replacement: { _at: at, _deleted: true } }),
  );
  await replaceAll(
    collection,
    () => collection.find({ '_before.owners': erased }, { limit: atOnce, batchSize: atOnce + 1 }).toArray(),
    (document) => ({
      filter: { _id: document._id, '_before.owners': erased },
      replacement: toStored({ ...fromStored(document), before: undefined }),
    }),
  );
}

/** Until nothing is found: a write that comes in between is found the next time. */
async function replaceAll(
  collection: Collection<StoredForm>,
  find: () => Promise<readonly StoredForm[]>,
  replace: (found: StoredForm) => { filter: object; replacement: Omit<StoredForm, '_id'> },
): Promise<void> {
  for (;;) {
    const found = await find();
    if (found.length === 0) return;
    await collection.bulkWrite(
      found.map((document) => ({ replaceOne: replace(document) })),
      { ordered: false },
    );
  }
}
