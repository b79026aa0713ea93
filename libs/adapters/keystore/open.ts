import type { KeyRecords } from './key-records.js';
import { createKeyStore } from './key-store.js';
import type { RewrappableKeyStore } from './key-store.js';
import { openMasterKeys } from './master-keys.js';
import type { MasterKeySource } from './master-keys.js';
import { openMongoRecords } from './mongodb.js';
import { openSqliteRecords } from './sqlite.js';

/**
 * `sqlite:<file>` for one machine, `mongodb://…/<database>` for a cluster: a database apart from the read models, so
 * that a copy of those put back never brings back keys. Throws `TypeError` for another kind of address, `ForeignStore`
 * for master keys that are none; whether they are those of this key store shows at the first secret.
 */
export async function openKeyStore(options: {
  readonly url: string;
  readonly masterKeys: MasterKeySource;
}): Promise<RewrappableKeyStore> {
  const masters = openMasterKeys(options.masterKeys);
  return createKeyStore(await openRecords(options.url), masters);
}

async function openRecords(url: string): Promise<KeyRecords> {
  if (url.startsWith('sqlite:')) return openSqliteRecords(url.slice('sqlite:'.length));
  if (/^mongodb(\+srv)?:\/\//.test(url)) return openMongoRecords(url);
  throw new TypeError('the address of the key store begins with sqlite: or mongodb://');
}
