import type { KeyStore } from '#event-sourcing';
import { openMongoKeyStore } from './mongodb.js';
import { openSqliteKeyStore } from './sqlite.js';

/**
 * `sqlite:<file>` for one machine, `mongodb://…/<database>` for a cluster: a database apart from the read models, so
 * that a copy of those put back never brings back keys. Throws `TypeError` for another kind of address.
 */
export async function openKeyStore({ url }: { readonly url: string }): Promise<KeyStore> {
  if (url.startsWith('sqlite:')) return openSqliteKeyStore(url.slice('sqlite:'.length));
  if (/^mongodb(\+srv)?:\/\//.test(url)) return openMongoKeyStore(url);
  throw new TypeError('the address of the key store begins with sqlite: or mongodb://');
}
