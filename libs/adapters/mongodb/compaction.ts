import type { Db } from 'mongodb';
import { modelNames } from './collections.js';
import { mongoCall } from './faults.js';

/**
 * Has the database rewrite its files without what was deleted. A server that keeps all collections in one file (the
 * embedded one does) is asked once.
 */
export async function compactModels(db: Db): Promise<void> {
  await mongoCall(async () => {
    const { storageEngines } = await db.command({ buildInfo: 1 });
    const models = await modelNames(db);
    const inOneFile = Array.isArray(storageEngines) && storageEngines.includes('sqlite');
    for (const compact of inOneFile ? models.slice(0, 1) : models) await db.command({ compact });
  });
}
