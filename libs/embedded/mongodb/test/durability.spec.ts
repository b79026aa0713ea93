import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { MongoClient } from 'mongodb';
import { DataDirectoryLocked, startMongoDB, UnknownFormat } from '../index.js';
import { createIndex, failure, temporaryDirectory } from './fixture.js';

/** How many bytes are flipped, one after another. */
const FLIPS = Number(process.env['DAMAGE_FLIPS'] ?? 60);

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : error);

let directory: ReturnType<typeof temporaryDirectory>;

beforeEach(() => {
  directory = temporaryDirectory();
});

afterEach(() => {
  directory.remove();
});

async function withServer<T>(work: (client: MongoClient) => Promise<T>): Promise<T> {
  const server = await startMongoDB({ dataDir: directory.path });
  const client = await new MongoClient(server.url).connect();
  try {
    return await work(client);
  } finally {
    await client.close();
    await server.close();
  }
}

describe('the data directory', () => {
  it('keeps everything over a restart (fact 20)', async () => {
    await withServer(async (client) => {
      await createIndex(client.db('d').collection('c'), { a: 1 }, { unique: true });
      await client
        .db('d')
        .collection('c')
        .insertMany([{ a: 1 }, { a: 2 }]);
    });
    await withServer(async (client) => {
      expect(
        await client
          .db('d')
          .collection('c')
          .find({ a: 2 }, { projection: { _id: 0 } })
          .toArray(),
      ).toEqual([{ a: 2 }]);
      expect(await failure(client.db('d').collection('c').insertOne({ a: 1 }))).toBe(11000);
    });
  });

  it('keeps what is unique by a collation unique over a restart (facts 15, 20)', async () => {
    const collation = { locale: 'en', strength: 2 };
    await withServer(async (client) => {
      const rows = client.db('d').collection('c');
      await createIndex(rows, { name: 1 }, { unique: true, collation });
      await rows.insertMany([{ name: 'zoe' }, { name: 'ada' }, { name: 'Mo' }]);
    });
    await withServer(async (client) => {
      const rows = client.db('d').collection('c');
      expect(await failure(rows.insertOne({ name: 'ADA' }))).toBe(11000);
      const found = rows.find({ name: { $lt: 'N' } }, { collation, projection: { _id: 0 } }).sort({ name: 1 });
      expect(await found.toArray()).toEqual([{ name: 'ada' }, { name: 'Mo' }]);
    });
  });

  it('keeps views over a restart (facts 14, 20)', async () => {
    await withServer(async (client) => {
      await client.db('v').createCollection('seen', { viewOn: 'below', pipeline: [{ $match: { a: 2 } }] });
      await client
        .db('v')
        .collection('below')
        .insertMany([{ a: 1 }, { a: 2 }]);
    });
    await withServer(async (client) => {
      expect(await client.db('v').collection('seen').distinct('a')).toEqual([2]);
      await client.db('v').collection('seen').drop();
    });
    await withServer(async (client) => {
      expect(await client.db('v').collection('seen').countDocuments()).toBe(0);
    });
  });

  it('belongs to one server at a time (fact 17)', async () => {
    await withServer(async () => {
      await expect(startMongoDB({ dataDir: directory.path })).rejects.toThrow(DataDirectoryLocked);
    });
  });

  it('of an unknown format is refused (fact 17)', async () => {
    await withServer((client) => client.db('d').collection('c').insertOne({}));
    const file = new DatabaseSync(join(directory.path, 'd.sqlite'));
    file.exec('PRAGMA user_version = 99');
    file.close();
    rmSync(join(directory.path, 'd.sqlite-sums'));
    await expect(startMongoDB({ dataDir: directory.path })).rejects.toThrow(UnknownFormat);
  });
});

describe('a damaged record', () => {
  it('fails the calls that meet it with 8 and its name, and no others (fact 17, row R6)', async () => {
    await withServer((client) =>
      client
        .db('d')
        .collection('c')
        .insertMany([
          { _id: 1 as never, text: 'canary-one' },
          { _id: 2 as never, text: 'canary-two' },
        ]),
    );
    const path = join(directory.path, 'd.sqlite');
    const bytes = readFileSync(path);
    const at = bytes.indexOf('canary-one');
    bytes[at] = 'X'.charCodeAt(0);
    writeFileSync(path, bytes);
    await withServer(async (client) => {
      const rows = client.db('d').collection('c');
      expect(await failure(rows.findOne({ _id: 1 as never }))).toBe(8);
      await expect(rows.find().toArray()).rejects.toThrow('record 1 of d.c is damaged');
      expect(await rows.findOne({ _id: 2 as never })).toEqual({ _id: 2, text: 'canary-two' });
      expect(await client.db('d').command({ validate: 'c' })).toMatchObject({ valid: false });
    });
  });

  it('is never wrong data, whichever byte is flipped: calls fail with 8 or answer rightly (row R6)', async () => {
    const all = Array.from({ length: 400 }, (_, n) => ({ _id: n, tag: `tag-${n % 20}`, text: 'x'.repeat(n % 50) }));
    await withServer(async (client) => {
      await createIndex(client.db('d').collection('c'), { tag: 1 });
      await client.db('d').collection<{ _id: number }>('c').insertMany(all);
    });
    const path = join(directory.path, 'd.sqlite');
    const whole = readFileSync(path);
    const sums = readFileSync(`${path}-sums`);
    const wrong: unknown[] = [];
    for (let flip = 0; flip < FLIPS; flip++) {
      // Spread over the whole file, the header included.
      const at = flip < 8 ? 60 + flip : (flip * 7919 * 131) % whole.length;
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (flip % 8));
      writeFileSync(path, bytes);
      writeFileSync(`${path}-sums`, sums);
      await withServer(async (client) => {
        const rows = client.db('d').collection<{ _id: number }>('c');
        const found = await rows.find({}).sort({ $natural: 1 }).toArray().catch(codeOf);
        const tagged = await rows.find({ tag: 'tag-7' }).toArray().catch(codeOf);
        const one = await rows.findOne({ _id: flip % 400 }).catch(codeOf);
        const right = isDeepStrictEqual(found, all) || found === 8;
        const rightTagged = tagged === 8 || (Array.isArray(tagged) && tagged.length === 20);
        if (!right || !rightTagged || !(one === 8 || isDeepStrictEqual(one, all[flip % 400])))
          wrong.push({
            at,
            found: Array.isArray(found) ? found.length : found,
            tagged: Array.isArray(tagged) ? tagged.length : tagged,
            one,
          });
      });
    }
    expect(wrong).toEqual([]);
  }, 600_000);

  it('a file that is none of ours fails the calls on its database only (row R6)', async () => {
    await withServer((client) =>
      client
        .db('ok')
        .collection('c')
        .insertOne({ _id: 1 as never }),
    );
    writeFileSync(join(directory.path, 'bad.sqlite'), Buffer.alloc(8192, 7));
    await withServer(async (client) => {
      expect(await failure(client.db('bad').collection('c').findOne())).toBe(8);
      expect(await client.db('ok').collection('c').findOne()).toEqual({ _id: 1 });
    });
  });
});

describe('the log', () => {
  it('is moved into the database file beside the writing (facts 17, 18)', async () => {
    await withServer(async (client) => {
      const rows = client.db('d').collection('c');
      await rows.insertMany(Array.from({ length: 100 }, () => ({ text: 'x'.repeat(100_000) })));
      while (statSync(join(directory.path, 'd.sqlite')).size < 10_000_000) await rows.insertOne({});
      expect(await rows.countDocuments({ text: { $exists: true } })).toBe(100);
    });
  });
});

describe('compact', () => {
  const filesWith = (text: string): string[] => {
    const files = readdirSync(directory.path).map((name) => join(directory.path, name));
    return files.filter((file) => readFileSync(file).includes(text));
  };

  it.each([
    { what: 'a third', shrinks: false, isDoomed: (n: number) => n % 3 === 0 },
    { what: 'nearly all', shrinks: true, isDoomed: (n: number) => n % 10 > 0 },
  ])('leaves no byte of what was deleted or overwritten in any file: $what of it (fact 19)', async (removed) => {
    const { isDoomed, shrinks } = removed;
    const numbers = Array.from({ length: 20_000 }, (_, n) => n);
    const doomed = numbers.filter(isDoomed);
    // In no order: rows of full pages move to others, and leave their bytes behind.
    const secretOf = (n: number) => `${(n * 7919) % 20011} ${isDoomed(n) ? 'canary' : 'living'} ${'y'.repeat(n % 300)}`;
    await withServer(async (client) => {
      const rows = client.db('d').collection('c');
      await createIndex(rows, { secret: 1 });
      await rows.insertMany(numbers.map((n) => ({ n, secret: secretOf(n) })));
      await rows.updateMany({ n: { $in: doomed.filter((n) => n % 2 === 0) } }, { $set: { secret: 'gone' } });
      await rows.deleteMany({ n: { $in: doomed.filter((n) => n % 2 !== 0) } });
      // Others go on reading meanwhile, by the index and without it; who writes waits until it is done.
      let isOver = false;
      const reading = async (): Promise<void> => {
        while (!isOver) await rows.countDocuments({ secret: { $gte: '' } });
      };
      const compacted = client.db('d').command({ compact: 'c' });
      const [{ bytesFreed }] = await Promise.all([
        compacted.finally(() => (isOver = true)),
        reading(),
        rows.insertOne({ n: -1, secret: 'later' }),
      ]);
      expect(Number(bytesFreed) > 0).toBe(shrinks);
      expect(filesWith('canary')).toEqual([]);
      expect(await rows.countDocuments({ secret: /living/ })).toBe(numbers.length - doomed.length);
      // Nor does what the server had in its memory bring anything back.
      await rows.insertMany(numbers.slice(0, 300).map((n) => ({ n, secret: `${(n * 7919) % 20011} new` })));
      expect(await client.db('d').command({ validate: 'c' })).toMatchObject({ valid: true });
    });
    expect(filesWith('canary')).toEqual([]);
  });
});
