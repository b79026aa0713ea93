import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { UniqueViolation } from '#event-sourcing';
import type { Documents, HeldDocument } from '#event-sourcing';

export interface OpenedDocuments {
  readonly documents: Documents;
  close(): Promise<void>;
}

/** What every implementation of the port `Documents` does. `open` gives an empty one. */
export function describeDocuments(name: string, open: () => Promise<OpenedDocuments>): void {
  describe(`the port Documents: ${name}`, () => {
    let opened: OpenedDocuments;
    let documents: Documents;
    let model: string;
    let number = 0;

    beforeAll(async () => {
      opened = await open();
      documents = opened.documents;
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      model = `model${++number}`;
      await documents.ensureModel(model, []);
    });

    const held = (id: string, at: number, body: object | undefined, before?: HeldDocument): HeldDocument => ({
      id,
      at,
      owners: body ? ['ann'] : [],
      body,
      before: before && { at: before.at, owners: before.owners, body: before.body },
    });
    const first = held('a', 5, {
      name: 'Ann',
      nested: { list: [1, 'two', null, { three: 3.5 }] },
      big: 2 ** 52,
      flag: true,
    });

    test('gives back what was written, fields in their order, and nothing for what is not there', async () => {
      expect(await documents.write(model, [{ loaded: undefined, next: first }])).toStrictEqual([]);
      const loaded = await documents.load(model, ['a', 'b']);
      expect(loaded).toStrictEqual([first]);
      expect(JSON.stringify(loaded[0]?.body)).toBe(JSON.stringify(first.body));
    });

    test('writes many at once and loads many at once', async () => {
      const writes = Array.from({ length: 1_000 }, (_, n) => ({
        loaded: undefined,
        next: held(`d${n}`, n + 1, { n }),
      }));
      expect(await documents.write(model, writes)).toStrictEqual([]);
      const loaded = await documents.load(
        model,
        writes.map(({ next }) => next.id),
      );
      expect(loaded.length).toBe(1_000);
      expect(new Map(loaded.map((document) => [document.id, document]))).toStrictEqual(
        new Map(writes.map(({ next }) => [next.id, next])),
      );
    });

    test('refuses a write whose guard does not hold, names it, and writes the others', async () => {
      await documents.write(model, [{ loaded: undefined, next: first }]);
      const refused = await documents.write(model, [
        { loaded: undefined, next: held('a', 6, { name: 'inserted twice' }) },
        { loaded: undefined, next: held('b', 6, { name: 'Bob' }) },
        { loaded: held('c', 3, {}), next: held('c', 6, { name: 'replaced without being there' }) },
      ]);
      expect([...refused].sort()).toStrictEqual(['a', 'c']);
      expect(await documents.write(model, [{ loaded: { ...first, at: 4 }, next: held('a', 7, {}) }])).toStrictEqual([
        'a',
      ]);
      expect(await documents.load(model, ['a', 'c'])).toStrictEqual([first]);
      expect(await documents.load(model, ['b'])).toStrictEqual([held('b', 6, { name: 'Bob' })]);
    });

    test('replaces the whole document when the guard holds', async () => {
      await documents.write(model, [{ loaded: undefined, next: first }]);
      const next = held('a', 8, { other: 1 });
      expect(await documents.write(model, [{ loaded: first, next }])).toStrictEqual([]);
      expect(await documents.load(model, ['a'])).toStrictEqual([next]);
    });

    test('keeps what was before, and guards it too', async () => {
      await documents.write(model, [{ loaded: undefined, next: first }]);
      const second = held('a', 8, { name: 'Anna' }, first);
      expect(await documents.write(model, [{ loaded: first, next: second }])).toStrictEqual([]);
      expect(await documents.load(model, ['a'])).toStrictEqual([second]);
      const third = held('a', 9, { name: 'Annie' }, second);
      expect(await documents.write(model, [{ loaded: { ...second, before: undefined }, next: third }])).toStrictEqual([
        'a',
      ]);
      expect(await documents.write(model, [{ loaded: second, next: third }])).toStrictEqual([]);
    });

    test('names a write whose guard does not hold also when what stands there is of the same position', async () => {
      const theirs = held('a', 8, { name: 'Anna' }, held('a', 3, { name: 'An' }));
      await documents.write(model, [{ loaded: undefined, next: theirs }]);
      const ours = held('a', 8, { name: 'Anna' }, first);
      expect(await documents.write(model, [{ loaded: first, next: ours }])).toStrictEqual(['a']);
      expect(await documents.load(model, ['a'])).toStrictEqual([theirs]);
    });

    test('keeps tombstones until they are swept', async () => {
      const [early, late] = [held('a', 5, undefined), held('b', 9, undefined)];
      await documents.write(
        model,
        [early, late, held('c', 5, {})].map((next) => ({ loaded: undefined, next })),
      );
      expect(await documents.load(model, ['a'])).toStrictEqual([early]);
      await documents.sweep(model, 8);
      expect(await documents.load(model, ['a', 'b', 'c'])).toHaveLength(2);
      expect(await documents.load(model, ['b'])).toStrictEqual([late]);
    });

    test('purges what the owners have, what was before too, and nothing else', async () => {
      const ofBob = { ...held('b', 6, { name: 'Bob' }), owners: ['bob', 'cid'] };
      const ofBoth = { ...held('c', 6, { name: 'both' }, first), owners: ['bob', 'ann'] };
      const wasOfAnn = { ...held('d', 6, { name: 'Dan' }, first), owners: ['bob'] };
      await documents.write(
        model,
        [first, ofBob, ofBoth, wasOfAnn].map((next) => ({ loaded: undefined, next })),
      );
      await documents.purge(model, ['ann', 'dan'], 20);
      expect(await documents.load(model, ['a'])).toStrictEqual([held('a', 20, undefined)]);
      expect(await documents.load(model, ['b'])).toStrictEqual([ofBob]);
      expect(await documents.load(model, ['c'])).toStrictEqual([held('c', 20, undefined)]);
      expect(await documents.load(model, ['d'])).toStrictEqual([{ ...wasOfAnn, before: undefined }]);
    });

    test('says when a value is there twice in a unique index', async () => {
      await documents.ensureModel(model, [{ key: { 'key.code': 1 }, unique: true }]);
      await documents.write(model, [{ loaded: undefined, next: held('a', 1, { key: { code: 'x' } }) }]);
      const twice = documents.write(model, [{ loaded: undefined, next: held('b', 1, { key: { code: 'x' } }) }]);
      await expect(twice).rejects.toThrow(UniqueViolation);
    });

    test('renames a model over another one, and again without harm; drops and lists', async () => {
      const built = `${model}~1`;
      await documents.ensureModel(built, [{ key: { name: 1 } }]);
      await documents.write(model, [{ loaded: undefined, next: held('old', 1, {}) }]);
      await documents.write(built, [{ loaded: undefined, next: first }]);
      expect((await documents.models()).filter((each) => each.startsWith(model))).toStrictEqual([model, built]);
      await documents.renameModel(built, model);
      await documents.renameModel(built, model);
      expect(await documents.load(model, ['a', 'old'])).toStrictEqual([first]);
      expect((await documents.models()).filter((each) => each.startsWith(model))).toStrictEqual([model]);
      await documents.dropModel(model);
      await documents.dropModel(model);
      expect((await documents.models()).filter((each) => each.startsWith(model))).toStrictEqual([]);
    });

    test('keeps progress; a holder of a lower epoch cannot change it', async () => {
      const [one, two] = [`${model}:one`, `${model}:two`];
      expect(await documents.progress(one)).toBeUndefined();
      expect(await documents.saveProgress(one, { position: 7, models: [{ own: null }] }, 2)).toBe(true);
      expect(await documents.saveProgress(two, { position: 1 }, 0)).toBe(true);
      expect(await documents.saveProgress(one, { position: 9 }, 1)).toBe(false);
      expect(await documents.removeProgress(one, 1)).toBe(false);
      expect(await documents.progress(one)).toStrictEqual({ position: 7, models: [{ own: null }] });
      expect(await documents.saveProgress(one, { position: 8 }, 2)).toBe(true);
      expect(await documents.progressNames(`${model}:`)).toStrictEqual([one, two]);
      expect(await documents.removeProgress(one, 3)).toBe(true);
      expect(await documents.removeProgress(one, 3)).toBe(true);
      expect(await documents.progressNames(`${model}:`)).toStrictEqual([two]);
    });

    test('gives a lease to one holder at a time, with a higher epoch each time', async () => {
      const lease = await documents.acquireLease(model, 'one', 60_000);
      expect(lease).toStrictEqual({ name: model, holder: 'one', epoch: 1 });
      expect(await documents.acquireLease(model, 'two', 60_000)).toBeUndefined();
      const again = await documents.acquireLease(model, 'one', 60_000);
      expect(again).toStrictEqual({ name: model, holder: 'one', epoch: 2 });
      expect(lease && (await documents.renewLease(lease, 60_000))).toBe(false);
      expect(again && (await documents.renewLease(again, 60_000))).toBe(true);
      if (lease) await documents.releaseLease(lease);
      expect(await documents.acquireLease(model, 'two', 60_000)).toBeUndefined();
      if (again) await documents.releaseLease(again);
      expect(await documents.acquireLease(model, 'two', 60_000)).toStrictEqual({
        name: model,
        holder: 'two',
        epoch: 3,
      });
    });

    test('gives a lease that is over to the next, one of many that ask at once', async () => {
      await documents.acquireLease(model, 'silent', 1);
      let got: readonly string[] = [];
      while (got.length === 0) {
        const asked = ['b', 'c', 'd', 'e'].map((holder) => documents.acquireLease(model, holder, 60_000));
        got = (await Promise.all(asked)).flatMap((lease) => lease?.holder ?? []);
      }
      expect(got).toHaveLength(1);
    });
  });
}
