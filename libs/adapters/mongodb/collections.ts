import type { Collection, IndexOptions, Db, IndexSpecification } from 'mongodb';
import type { IndexDeclaration } from '#event-sourcing';
import { hasCode, mongoCode } from './faults.js';
import type { StoredForm } from './stored-form.js';

/** Collections of the adapter's own begin with it; no model does. */
const ownPrefix = '_';

export async function ensureCollection(db: Db, name: string, indexes: readonly IndexDeclaration[]): Promise<void> {
  try {
    await db.createCollection(name);
  } catch (error) {
    if (!hasCode(error, mongoCode.namespaceExists)) throw error;
  }
  const collection = db.collection<StoredForm>(name);
  await ensureIndex(collection, { _owners: 1 }, {});
  // By these two a purge finds what was remembered, and a sweep its tombstones; other documents do not stand in them.
  await ensureIndex(collection, { '_before.owners': 1 }, { sparse: true });
  await ensureIndex(collection, { _deleted: 1 }, { sparse: true });
  for (const { key, unique, partial } of indexes) {
    // Tombstones have no fields: without the condition, two of them would have the same value, none.
    const live = { ...partial, _owners: { $exists: true } };
    const condition = unique ? live : partial;
    await ensureIndex(collection, key, {
      unique: unique ?? false,
      ...(condition && { partialFilterExpression: condition }),
    });
  }
}

export async function renameCollection(db: Db, from: string, to: string): Promise<void> {
  try {
    await db.renameCollection(from, to, { dropTarget: true });
  } catch (error) {
    if (!hasCode(error, mongoCode.namespaceNotFound)) throw error;
  }
}

export async function modelNames(db: Db): Promise<readonly string[]> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  return names.filter((name) => !name.startsWith(ownPrefix) && !name.startsWith('system.')).sort();
}

/** An index of the same name or fields with other options is made anew: its declaration has changed. */
async function ensureIndex(
  collection: Collection<StoredForm>,
  key: Readonly<Record<string, 1 | -1>>,
  options: IndexOptions,
): Promise<void> {
  const specification: IndexSpecification = Object.entries(key);
  const name = Object.entries(key).flat().join('_');
  try {
    await collection.createIndex(specification, { ...options, name }, {});
  } catch (error) {
    if (!hasCode(error, mongoCode.indexOptionsConflict, mongoCode.indexKeySpecsConflict)) throw error;
    await collection.dropIndex(name);
    await collection.createIndex(specification, { ...options, name }, {});
  }
}
