import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openKeyStore } from '#adapters/keystore';
import { startMongoDB } from '#embedded/mongodb';
import { DamagedData, StoreUnavailable } from '#event-sourcing';

const directory = mkdtempSync(join(tmpdir(), 'ledger-keys-'));
const given = process.env['MONGODB_URL'];
let mongo = given ?? '';
let stop = (): Promise<void> => Promise.resolve();

beforeAll(async () => {
  if (given !== undefined) return;
  const server = await startMongoDB({ dataDir: join(directory, 'mongodb'), port: 0 });
  mongo = server.url;
  stop = () => server.close();
});

afterAll(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

/** Addresses of stores that nobody has used. */
const kinds = [
  ['a SQLite file', (name: string) => `sqlite:${join(directory, 'keys', name)}`],
  [
    'a MongoDB database',
    (name: string) => {
      const url = new URL(mongo);
      url.pathname = `/keys-${process.pid}-${name}`;
      return url.href;
    },
  ],
] as const;

describe.each(kinds)('key store in %s', (_kind, addressOf) => {
  it('makes the key of the store once and keeps it', async () => {
    const url = addressOf('once');
    const first = await openKeyStore({ url });
    const key = await first.storeKey();
    await first.close();
    const second = await openKeyStore({ url });
    expect(key).toHaveLength(32);
    expect(await second.storeKey()).toEqual(key);
    await second.close();
  });

  it('gives one key to all who ask for the first time together', async () => {
    const url = addressOf('together');
    const stores = await Promise.all(Array.from({ length: 4 }, () => openKeyStore({ url })));
    const keys = await Promise.all(stores.map((store) => store.storeKey()));
    expect(keys).toEqual(keys.map(() => keys[0]));
    for (const store of stores) await store.close();
  });

  it('makes another key for another store', async () => {
    const stores = [await openKeyStore({ url: addressOf('one') }), await openKeyStore({ url: addressOf('other') })];
    const [one, other] = await Promise.all(stores.map((store) => store.storeKey()));
    for (const store of stores) await store.close();
    expect(one).not.toEqual(other);
  });
});

describe('key store in a SQLite file', () => {
  it('lets nobody but its owner read it, journals included', async () => {
    const file = join(directory, 'private', 'keys.sqlite');
    const store = await openKeyStore({ url: `sqlite:${file}` });
    await store.storeKey();
    for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('refuses a key that is none, and a file that is no key store', async () => {
    const damaged = join(directory, 'damaged.sqlite');
    await openKeyStore({ url: `sqlite:${damaged}` }).then((store) => store.close());
    const database = new DatabaseSync(damaged);
    database.exec("INSERT INTO keys VALUES ('store', x'00')");
    database.close();
    const store = await openKeyStore({ url: `sqlite:${damaged}` });
    await expect(store.storeKey()).rejects.toThrow(DamagedData);
    await store.close();

    const text = join(directory, 'text.sqlite');
    writeFileSync(text, 'This is no database. '.repeat(100));
    chmodSync(text, 0o600);
    await expect(openKeyStore({ url: `sqlite:${text}` })).rejects.toThrow(StoreUnavailable);
  });
});

it('refuses other addresses', async () => {
  await expect(openKeyStore({ url: 'redis://127.0.0.1' })).rejects.toThrow(TypeError);
});
