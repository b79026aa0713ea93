import type { Collection, Db } from 'mongodb';
import type { Documents } from '#event-sourcing';
import { databaseTime } from './database-time.js';
import { hasCode, mongoCall, mongoCode } from './faults.js';

export interface ProgressDocument {
  readonly _id: string;
  readonly epoch: number;
  readonly value: object;
}

interface LeaseDocument {
  readonly _id: string;
  readonly holder: string;
  readonly epoch: number;
  readonly expires: Date;
}

export const progressCollection = (db: Db): Collection<ProgressDocument> => db.collection('_progress');

type ProgressAndLeases = Pick<
  Documents,
  'progress' | 'progressNames' | 'saveProgress' | 'removeProgress' | 'acquireLease' | 'renewLease' | 'releaseLease'
>;

export function progressAndLeases(db: Db): ProgressAndLeases {
  const progress = progressCollection(db);
  const leases = db.collection<LeaseDocument>('_leases');

  /** The database's clock: processes need not agree on the time of day. */
  return {
    progress: (name) => mongoCall(async () => (await progress.findOne({ _id: name }))?.value),
    progressNames: (prefix) =>
      mongoCall(async () => {
        const found = await progress.find({}, { projection: { _id: 1 } }).toArray();
        return found
          .map(({ _id }) => _id)
          .filter((name) => name.startsWith(prefix))
          .sort();
      }),
    saveProgress: (name, value, epoch) =>
      mongoCall(() =>
        unlessTaken(async () => {
          const { matchedCount } = await progress.replaceOne({ _id: name, epoch: { $lte: epoch } }, { epoch, value });
          if (matchedCount === 0) await progress.insertOne({ _id: name, epoch, value });
          return true;
        }, false),
      ),
    removeProgress: (name, epoch) =>
      mongoCall(async () => {
        await progress.deleteOne({ _id: name, epoch: { $lte: epoch } });
        return (await progress.findOne({ _id: name }, { projection: { _id: 1 } })) === null;
      }),

    acquireLease: (name, holder, milliseconds) =>
      mongoCall(async () => {
        const held = await leases.findOne({ _id: name });
        const now = await databaseTime(db);
        if (held && held.holder !== holder && held.expires.getTime() > now) return undefined;
        const epoch = (held?.epoch ?? 0) + 1;
        const granted = { holder, epoch, expires: new Date(now + milliseconds) };
        const won = await unlessTaken(async () => {
          if (!held) return (await leases.insertOne({ _id: name, ...granted })).acknowledged;
          const unchanged = { _id: name, epoch: held.epoch, expires: held.expires };
          return (await leases.replaceOne(unchanged, granted)).matchedCount === 1;
        }, false);
        return won ? { name, holder, epoch } : undefined;
      }),
    renewLease: ({ name, holder, epoch }, milliseconds) =>
      mongoCall(async () => {
        const expires = new Date((await databaseTime(db)) + milliseconds);
        return (await leases.replaceOne({ _id: name, holder, epoch }, { holder, epoch, expires })).matchedCount === 1;
      }),
    releaseLease: ({ name, holder, epoch }) =>
      mongoCall(async () => {
        // The document stays, and its epoch: the next holder's must be higher.
        const free = { holder: '', epoch, expires: new Date(0) };
        await leases.replaceOne({ _id: name, holder, epoch }, free);
      }),
  };
}

/** Somebody else made the document in the meantime: the condition of the call does not hold. */
async function unlessTaken<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (hasCode(error, mongoCode.duplicateKey)) return otherwise;
    throw error;
  }
}
