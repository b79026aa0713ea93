import type { Db } from 'mongodb';
import type { Documents } from '#event-sourcing';
import { ensureCollection, modelNames, renameCollection } from './collections.js';
import { mongoCall } from './faults.js';
import { writeGuarded } from './guarded-writes.js';
import { purgeOwners } from './purge.js';
import { progressAndLeases } from './progress-and-leases.js';
import { fromStored } from './stored-form.js';
import type { StoredForm } from './stored-form.js';

/** The port `Documents` on MongoDB: a collection for each model, named as the model. */
export function mongoDocuments(db: Db): Documents {
  const collection = (model: string) => db.collection<StoredForm>(model);
  return {
    load: (model, ids) =>
      mongoCall(async () => {
        const filter = ids.length === 1 ? { _id: ids[0] ?? '' } : { _id: { $in: [...ids] } };
        // In one answer as a rule: another round trip would cost more than the documents.
        return (
          await collection(model)
            .find(filter, { batchSize: ids.length + 1 })
            .toArray()
        ).map(fromStored);
      }),
    write: (model, writes) => mongoCall(() => writeGuarded(collection(model), writes)),
    purge: (model, owners, at) => mongoCall(() => purgeOwners(collection(model), owners, at)),
    sweep: (model, upTo) =>
      mongoCall(async () => {
        await collection(model).deleteMany({ _deleted: true, _at: { $lte: upTo } });
      }),

    ensureModel: (model, indexes) => mongoCall(() => ensureCollection(db, model, indexes)),
    renameModel: (from, to) => mongoCall(() => renameCollection(db, from, to)),
    dropModel: (model) =>
      mongoCall(async () => {
        await collection(model).drop();
      }),
    models: () => mongoCall(() => modelNames(db)),

    ...progressAndLeases(db),
  };
}
