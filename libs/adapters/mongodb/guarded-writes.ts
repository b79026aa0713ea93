import { MongoBulkWriteError } from 'mongodb';
import type { AnyBulkWriteOperation, Collection, WriteError } from 'mongodb';
import { UniqueViolation } from '#event-sourcing';
import type { GuardedWrite } from '#event-sourcing';
import { mongoCode } from './faults.js';
import { toStored } from './stored-form.js';
import type { StoredForm } from './stored-form.js';

/** Writes all that it can; answers the ids whose guard did not hold. Throws `UniqueViolation`. */
export async function writeGuarded(
  collection: Collection<StoredForm>,
  writes: readonly GuardedWrite[],
): Promise<readonly string[]> {
  const { matched, errors } = await bulk(collection, writes);
  for (const error of errors) {
    const index = duplicateIndex(error);
    if (index !== '_id_') throw new UniqueViolation(collection.collectionName, index);
  }
  const refused = errors.map(({ index }) => writes[index]?.next.id ?? '');
  const replaced = writes.filter(({ loaded }) => loaded !== undefined);
  return matched === replaced.length ? refused : [...refused, ...(await unmatched(collection, replaced))];
}

async function bulk(
  collection: Collection<StoredForm>,
  writes: readonly GuardedWrite[],
): Promise<{ matched: number; errors: readonly WriteError[] }> {
  try {
    const { matchedCount } = await collection.bulkWrite(writes.map(operation), { ordered: false });
    return { matched: matchedCount, errors: [] };
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const errors = [error.writeErrors].flat();
    if (errors.length === 0 || errors.some(({ code }) => code !== mongoCode.duplicateKey)) throw error;
    return { matched: error.matchedCount, errors };
  }
}

function operation({ loaded, next }: GuardedWrite): AnyBulkWriteOperation<StoredForm> {
  const document = toStored(next);
  if (!loaded) return { insertOne: { document } };
  const filter = { _id: next.id, _at: loaded.at, '_before.at': loaded.before ? loaded.before.at : null };
  return { replaceOne: { filter, replacement: document } };
}

/** The server tells how many guards held, not which: whoever is not at the state that was to be written, was refused. */
async function unmatched(
  collection: Collection<StoredForm>,
  writes: readonly GuardedWrite[],
): Promise<readonly string[]> {
  const ids = writes.map(({ next }) => next.id);
  const found = await collection
    .find({ _id: { $in: ids } }, { projection: { _at: 1, '_before.at': 1 }, batchSize: ids.length + 1 })
    .toArray();
  const there = new Map(found.map((document) => [document._id, document]));
  return writes
    .filter(({ next }) => {
      const document = there.get(next.id);
      return document?._at !== next.at || document._before?.at !== next.before?.at;
    })
    .map(({ next }) => next.id);
}

function duplicateIndex({ err, errmsg }: WriteError): string {
  const pattern: unknown = (err as { keyPattern?: unknown }).keyPattern;
  if (pattern !== null && typeof pattern === 'object') {
    const fields = Object.keys(pattern);
    return fields.length === 1 && fields[0] === '_id' ? '_id_' : fields.join('_');
  }
  return /index: (\S+)/.exec(errmsg ?? '')?.[1] ?? 'unknown';
}
