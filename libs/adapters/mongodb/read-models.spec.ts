import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { progressName, StoreUnavailable } from '#event-sourcing';
import type { Documents, PageRequest, ReadModels, Scalar } from '#event-sourcing';
import { connectMongoDB } from './connect.js';
import { startTestServer } from './testing/database.js';
import type { TestServer } from './testing/database.js';

let server: TestServer;
let documents: Documents;
let readModels: ReadModels;

beforeAll(async () => {
  server = await startTestServer();
  ({ documents, readModels } = server.open());
});
afterAll(() => server.close());

interface Item {
  readonly score: number;
  readonly since: string | null;
  readonly tags: readonly string[];
}

async function fill(model: string, items: readonly (Item & { readonly id: string })[]): Promise<void> {
  await documents.ensureModel(model, [{ key: { score: -1, since: 1, _id: 1 } }]);
  const writes = items.map(({ id, ...body }, index) => ({
    loaded: undefined,
    next: { id, at: index + 1, owners: ['ann'], body, before: undefined },
  }));
  const gone = { id: 'gone', at: 99, owners: [], body: undefined, before: undefined };
  await documents.write(model, [...writes, { loaded: undefined, next: gone }]);
}

const items = [
  { id: 'a', score: 1, since: '2026-01-01', tags: ['x'] },
  { id: 'b', score: 2, since: null, tags: ['x', 'y'] },
  { id: 'c', score: 2, since: '2026-01-02', tags: [] },
  { id: 'd', score: 2, since: '2026-01-02', tags: ['y'] },
];

describe('a model that is behind the others', () => {
  test('is not shown under their position', async () => {
    await fill('lagging', items);
    const standing = (lane: 'own' | 'shared') => ({
      position: 7,
      event: null,
      models: [{ name: 'lagging', schema: 1, lane, own: null, poison: null, switching: null }],
    });
    await documents.saveProgress(progressName, standing('own'), 1);
    expect(await readModels.position()).toBe(7);
    const behind = new StoreUnavailable('documents', 'lagging is behind the other models');
    await expect(readModels.get('lagging', 'a')).rejects.toStrictEqual(behind);
    await expect(readModels.count('lagging', {})).rejects.toStrictEqual(behind);
    await documents.saveProgress(progressName, standing('shared'), 1);
    expect(await readModels.position()).toBe(7);
    expect(await readModels.count('lagging', {})).toBe(4);
    await documents.removeProgress(progressName, 1);
  });
});

describe('queries', () => {
  test('get one and many, with position, without the engine’s own fields and without tombstones', async () => {
    await fill('getting', items);
    const a = { _id: 'a', _at: 1, score: 1, since: '2026-01-01', tags: ['x'] };
    expect(await readModels.get('getting', 'a')).toStrictEqual(a);
    expect(await readModels.get('getting', 'gone')).toBeUndefined();
    expect(await readModels.get('getting', 'never')).toBeUndefined();
    const many = await readModels.many('getting', ['a', 'gone', 'never', 'b']);
    expect(many.map(({ _id }) => _id).sort()).toStrictEqual(['a', 'b']);
  });

  test.each<[string, PageRequest['where'], readonly string[]]>([
    ['nothing asked', {}, ['a', 'b', 'c', 'd']],
    ['a value', { score: 2 }, ['b', 'c', 'd']],
    ['a value in a list', { tags: 'y' }, ['b', 'd']],
    ['one of several', { tags: { in: ['x', 'z'] } }, ['a', 'b']],
    ['nothing', { since: null }, ['b']],
    ['nothing or a value', { since: { in: [null, '2026-01-01'] } }, ['a', 'b']],
    ['a range', { since: { gt: '2026-01-01', lte: '2026-01-02' } }, ['c', 'd']],
    ['several conditions', { score: { gte: 2 }, tags: 'y', since: { lt: '2027' } }, ['d']],
  ])('find and count by %s', async (name, where, expected) => {
    const model = `where ${name}`.replaceAll(' ', '-');
    await fill(model, items);
    const found = await readModels.page(model, { where, sort: {}, limit: 10 });
    expect(found.map(({ _id }) => _id)).toStrictEqual(expected);
    expect(await readModels.count(model, where)).toBe(expected.length);
  });

  test('refuse an object where a value belongs', async () => {
    const injected = { score: { in: [{ $ne: 1 } as unknown as Scalar] } };
    await expect(readModels.page('getting', { where: injected, sort: {}, limit: 1 })).rejects.toThrow(TypeError);
    const after = [{ $ne: 1 } as unknown as Scalar];
    await expect(readModels.page('getting', { where: {}, sort: {}, limit: 1, after })).rejects.toThrow(TypeError);
  });

  test('refuse to begin a page after more or fewer values than the list is sorted by', async () => {
    for (const after of [['a'], [1, 'a', 'b']]) {
      const page = readModels.page('getting', { where: {}, sort: { score: 1 }, limit: 1, after });
      await expect(page).rejects.toThrow(new TypeError('a page begins after 2 values'));
    }
  });

  test('pages of any size are the whole list in its order, each document once', async () => {
    const item = fc.record({
      score: fc.constantFrom(0, 1, 2),
      since: fc.constantFrom(null, '2026-01-01', '2026-01-02'),
      tags: fc.constant([]),
    });
    const direction = fc.constantFrom(1 as const, -1 as const);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { maxLength: 12 }),
        direction,
        direction,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(1, 2),
        async (list, byScore, bySince, limit, highest) => {
          const model = `pages${++run}`;
          await fill(
            model,
            list.map((each, index) => ({ id: `i${index}`, ...each })),
          );
          const sort = { score: byScore, since: bySince };
          const where = { score: { gte: 0, lte: highest } };
          const whole = await readModels.page<Item>(model, { where, sort, limit: 100 });
          const paged: string[] = [];
          let after: Scalar[] | undefined;
          for (;;) {
            const page = await readModels.page<Item>(model, { where, sort, limit, after });
            paged.push(...page.map(({ _id }) => _id));
            const last = page.at(-1);
            if (!last) break;
            after = [last.score, last.since, last._id];
          }
          expect(paged).toStrictEqual(whole.map(({ _id }) => _id));
          expect(whole).toHaveLength(list.filter(({ score }) => score <= highest).length);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('positions (HIS-5)', () => {
  test('whoever waits gets the position reached, and the others of theirs', async () => {
    const { documents: own, readModels: models } = server.open();
    expect(await models.position()).toBe(0);
    const waiting = Promise.all([models.waitFor(7, 60_000), models.waitFor(14, 60_000)]);
    await own.saveProgress(progressName, { position: 7, event: null, models: [] }, 1);
    expect(await models.waitFor(5, 60_000)).toBe(7);
    await own.saveProgress(progressName, { position: 21, event: null, models: [] }, 1);
    const [first, second] = await waiting;
    expect([7, 21]).toContain(first);
    expect(second).toBe(21);
    expect(await models.position()).toBe(21);
  });

  test('waiting ends', async () => {
    await expect(readModels.waitFor(1_000_000, 1)).rejects.toThrow('the models have not reached position 1000000 yet');
  });
});

describe('erasures', () => {
  test('nothing is answered before the newest erasure is applied (DEL-6)', async () => {
    const { documents: own, readModels: models } = server.open(() => Promise.resolve(14));
    await own.ensureModel('m', []);
    await own.saveProgress(progressName, { position: 13, event: null, models: [] }, 1);
    for (const query of [
      () => models.get('m', 'a'),
      () => models.many('m', ['a']),
      () => models.page('m', { where: {}, sort: {}, limit: 1 }),
      () => models.count('m', {}),
    ]) {
      await expect(query()).rejects.toThrow(StoreUnavailable);
    }
    await own.saveProgress(progressName, { position: 14, event: null, models: [] }, 1);
    expect(await models.count('m', {})).toBe(0);
    await own.saveProgress(progressName, { position: 7, event: null, models: [] }, 1);
    expect(await models.position()).toBe(7);
    await expect(models.count('m', {})).rejects.toThrow('erasures are being applied');
  });
});

describe('a database that is away', () => {
  test('makes calls fail as unavailable, and is not healthy', async () => {
    const away = connectMongoDB({
      url: 'mongodb://127.0.0.1:1/',
      database: 'away',
      newestErasure: () => Promise.resolve(0),
    });
    expect(await away.healthy()).toBe(false);
    await expect(away.readModels.get('m', 'a')).rejects.toThrow(StoreUnavailable);
    await expect(away.documents.load('m', ['a'])).rejects.toThrow(StoreUnavailable);
    await away.close();
    expect(await server.open().healthy()).toBe(true);
  });
});
