import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfiguration, type StoreSettings } from '#adapters/configuration';

type Runtime = Partial<Record<'eventStoreUrl' | 'mongoUrl' | 'keyStoreUrl' | 'masterKeyFile', string>>;

/** The stores of the running system on this data directory; the environment goes before. */
export async function storesOf(dataDir: string): Promise<StoreSettings> {
  const given = readConfiguration(process.env);
  const text = await readFile(join(dataDir, 'runtime.json'), 'utf8').catch(() => '{}');
  const runtime = JSON.parse(text) as Runtime;
  const eventStoreUrl = given.eventStoreUrl ?? runtime.eventStoreUrl;
  const mongoUrl = given.mongoUrl ?? runtime.mongoUrl;
  const keyStoreUrl = given.keyStoreUrl ?? runtime.keyStoreUrl;
  const masterKeys = given.masterKeys ?? (runtime.masterKeyFile ? { file: runtime.masterKeyFile } : undefined);
  if (eventStoreUrl === undefined || mongoUrl === undefined || keyStoreUrl === undefined || masterKeys === undefined) {
    throw new Error(
      `no system runs on ${dataDir}: start it, or set EVENTSTOREDB_URL, MONGODB_URL, KEYSTORE_URL and MASTER_KEY_FILE`,
    );
  }
  return { eventStoreUrl, mongoUrl, keyStoreUrl, masterKeys };
}
