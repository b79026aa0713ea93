import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addMasterKey, makeMasterKeyFile, openKeyStore } from '#adapters/keystore';
import type { RewrappableKeyStore } from '#adapters/keystore';
import { startMongoDB } from '#embedded/mongodb';
import { DamagedData, ForeignStore, StoreUnavailable } from '#event-sourcing';
import { testKeyStore } from '#event-sourcing-testing';
import { openSqliteRecords } from './sqlite.js';

const directory = mkdtempSync(join(tmpdir(), 'ledger-keys-'));
const masterKeys = { file: join(directory, 'master-keys') };
makeMasterKeyFile(masterKeys.file, '2026-03-01T00:00:00.000Z');
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

const inSqlite = (name: string): string => `sqlite:${join(directory, 'keys', name)}`;
function inMongo(name: string): string {
  const url = new URL(mongo);
  url.pathname = `/keys-${process.pid}-${name}`;
  return url.href;
}
const open = (url: string): Promise<RewrappableKeyStore> => openKeyStore({ url, masterKeys });

testKeyStore('key store in a SQLite file', (name) => open(inSqlite(name)));
testKeyStore('key store in a MongoDB database', (name) => open(inMongo(name)));

describe.each([
  ['a SQLite file', inSqlite],
  ['a MongoDB database', inMongo],
] as const)('master keys of a key store in %s', (kind, addressOf) => {
  const file = join(directory, `master-keys of ${kind}`);

  it('are rotated: everything stands under the newest, and is what it was', async () => {
    makeMasterKeyFile(file, '2026-03-01T00:00:00.000Z');
    const old = readFileSync(file, 'utf8');
    const running = await openKeyStore({ url: addressOf('rotated'), masterKeys: { file } });
    const [key, made] = [await running.storeKey(), await running.make(['a', 'b'])];
    await running.destroy('gone', '');

    addMasterKey(file, '2026-03-02T00:00:00.000Z');
    const rotating = await openKeyStore({ url: addressOf('rotated'), masterKeys: { file } });
    expect(await rotating.rewrap()).toBe(3);
    expect(await rotating.rewrap()).toBe(0);
    await rotating.close();

    // A process that was running reads the new version, and writes under it.
    expect(await running.find(['a', 'b'])).toEqual(made);
    await running.make(['c']);
    await running.close();
    const [, newest] = readFileSync(file, 'utf8').trim().split('\n').slice(1);
    const later = await openKeyStore({ url: addressOf('rotated'), masterKeys: { text: newest ?? '' } });
    expect(await later.storeKey()).toEqual(key);
    expect(await later.find(['a', 'b'])).toEqual(made);
    expect((await later.find(['c'])).size).toBe(1);
    await later.close();

    const outdated = await openKeyStore({
      url: addressOf('rotated'),
      masterKeys: { text: old.trim().split('\n')[1] ?? '' },
    });
    await expect(outdated.storeKey()).rejects.toThrow(ForeignStore);
    await outdated.close();
  });
});

describe('master keys', () => {
  it('are made once, for their owner only', () => {
    const before = readFileSync(masterKeys.file);
    makeMasterKeyFile(masterKeys.file, '2026-04-01T00:00:00.000Z');
    expect(readFileSync(masterKeys.file)).toEqual(before);
    expect(statSync(masterKeys.file).mode & 0o777).toBe(0o600);
  });

  it.each(['', '2026-03-01T00:00:00.000Z', 'yesterday AAAA', '2026-03-01T00:00:00.000Z c2hvcnQ='])(
    'refuse %j',
    async (text) => {
      const opening = openKeyStore({ url: inSqlite('refused'), masterKeys: { text } });
      await expect(opening).rejects.toThrow(ForeignStore);
    },
  );

  it('do not open what others have wrapped', async () => {
    const store = await open(inSqlite('foreign'));
    await store.storeKey();
    await store.close();
    const other = join(directory, 'other-master-keys');
    makeMasterKeyFile(other, '2026-03-01T00:00:00.000Z');
    const foreign = await openKeyStore({ url: inSqlite('foreign'), masterKeys: { file: other } });
    await expect(foreign.storeKey()).rejects.toThrow(ForeignStore);
    await foreign.close();
  });
});

describe('key store in a SQLite file', () => {
  it('lets nobody but its owner read it, journals included', async () => {
    const file = join(directory, 'private', 'keys.sqlite');
    const store = await open(`sqlite:${file}`);
    await store.storeKey();
    for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('DEL-3: leaves no byte of a destroyed or replaced key, journals included', async () => {
    const folder = join(directory, 'shredded');
    const url = `sqlite:${join(folder, 'keys.sqlite')}`;
    const [store, neighbour] = [await open(url), await open(url)];
    const made = await store.make(Array.from({ length: 50 }, (_, index) => `s${index}`));
    await neighbour.find(['s1']);
    const records = new DatabaseSync(join(folder, 'keys.sqlite'), { readOnly: true });
    const wrapped = new Map(
      records
        .prepare('SELECT name, wrapped FROM secrets')
        .all()
        .map((row) => [row['name'], row['wrapped'] as Uint8Array]),
    );
    records.close();
    const filesHold = (bytes: Uint8Array): boolean =>
      readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(bytes));
    for (const kept of wrapped.values()) expect(filesHold(kept)).toBe(true);

    await store.destroy('s7', 'erased');
    const [root] = made.get('s8') as readonly { path: string; key: Uint8Array }[];
    if (!root) throw new Error('no root');
    expect(await store.replace('s8', [root], [{ path: '0', key: new Uint8Array(32) }])).toBe(true);
    for (const [name, kept] of wrapped) {
      expect(filesHold(kept)).toBe(name !== 'subject s7' && name !== 'subject s8');
    }
    await store.close();
    await neighbour.close();
  });

  it('DEL-3: leaves none either where others had moved to make room', async () => {
    const folder = join(directory, 'moved');
    const records = await openSqliteRecords(join(folder, 'keys.sqlite'));
    const bytesOf = (text: string, outputLength: number) =>
      createHash('shake256', { outputLength }).update(text).digest();
    const secret = (n: number, bytes: number) => ({ master: 'm', wrapped: bytesOf(`secret ${n}`, bytes) });
    const names = Array.from({ length: 3000 }, (_, n) => `subject ${bytesOf(`name ${n}`, 16).toString('hex')}`);
    const kept = new Map(names.map((name, n) => [name, secret(n, 60)]));
    for (let n = 0; n < names.length; n += 100) {
      await records.insert([...kept].slice(n, n + 100).map(([name, made]) => ({ name, ...made })));
    }
    for (const [n, name] of names.entries()) {
      const before = kept.get(name)?.wrapped ?? new Uint8Array();
      // Redactions make a key longer: the rows beside it move to another page.
      const after = secret(names.length + n, 60 + ((n * 7919) % 1500));
      if (n % 5 === 0 && (await records.replace(name, before, after))) kept.set(name, after);
    }
    const gone = names.filter((_, n) => n % 3 === 0);
    for (const name of gone) await records.destroy(name, 'erased');
    const left = (): number => {
      const files = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
      return gone.filter((name) => files.includes(kept.get(name)?.wrapped.subarray(0, 40) ?? '')).length;
    };
    const emptying = new DatabaseSync(join(folder, 'keys.sqlite'));
    emptying.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    emptying.close();
    expect(left()).toBeGreaterThan(0);
    await records.purge();
    expect(left()).toBe(0);
    expect((await records.find(names)).filter((record) => 'wrapped' in record)).toHaveLength(2000);
    await records.close();
  });

  it('refuses a record that is none, and a file that is no key store', async () => {
    const damaged = join(directory, 'damaged.sqlite');
    await open(`sqlite:${damaged}`).then((store) => store.close());
    const database = new DatabaseSync(damaged);
    database.exec("INSERT INTO secrets (name, master, wrapped) VALUES ('store', '2026-03-01T00:00:00.000Z', x'00')");
    database.close();
    const store = await open(`sqlite:${damaged}`);
    await expect(store.storeKey()).rejects.toThrow(DamagedData);
    await store.close();

    const text = join(directory, 'text.sqlite');
    writeFileSync(text, 'This is no database. '.repeat(100));
    chmodSync(text, 0o600);
    await expect(open(`sqlite:${text}`)).rejects.toThrow(StoreUnavailable);
  });
});

it('refuses other addresses', async () => {
  await expect(open('redis://127.0.0.1')).rejects.toThrow(TypeError);
});
