import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createKeyRing } from '#adapters/key-ring';
import { DamagedData, StoreUnavailable } from '#event-sourcing';
import type { KeyRing, KeyStore, SealedPlace, SubjectKey } from '#event-sourcing';
import { createInMemoryKeyStore, noKeptKeys } from '#event-sourcing-testing';

/** By an implementation of its own, from the words of ADR 0017: frozen with the first release. */
const goldenSealed = 'AwMDAwMDAwMDAwMDMygI4yqHGEfLS445xwkIGbBAHsrFKOF30HGgq0Sj1GC/i6PP3HLq';

const place = (eventId: string): SealedPlace => ({ stream: 'contact-1', type: 'ContactRenamed', eventId });

async function keyOf(ring: KeyRing, subject = 'ann'): Promise<SubjectKey> {
  const key = (await ring.toSeal(new Set([subject]))).get(subject);
  if (key === undefined || key === 'erased') throw new Error(`no key of ${subject}`);
  return key;
}

describe('a subject’s key', () => {
  it('opens what it sealed, which looks different each time', async () => {
    const key = await keyOf(createKeyRing(createInMemoryKeyStore()));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, eventId) => {
        expect(key.open(place(eventId), key.seal(place(eventId), plain))).toBe(plain);
      }),
    );
    expect(key.seal(place('1'), 'Ann')).not.toBe(key.seal(place('1'), 'Ann'));
  });

  it('DEL-3: opens at its place only, and notices any change', async () => {
    const key = await keyOf(createKeyRing(createInMemoryKeyStore()));
    const sealed = key.seal(place('1'), 'Ann');
    const elsewhere = [{ stream: 'contact-2' }, { type: 'ContactNoteAdded' }, { eventId: '2' }];
    for (const change of elsewhere) {
      expect(() => key.open({ ...place('1'), ...change }, sealed)).toThrow(DamagedData);
    }
    const bytes = Buffer.from(sealed, 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => key.open(place('1'), changed.toString('base64'))).toThrow(DamagedData);
    }
    expect(() => key.open(place('1'), '')).toThrow(DamagedData);
  });

  it('opens what this layout has always looked like', async () => {
    const rootOf = () => new Uint8Array(32).fill(7);
    const key = await keyOf(createKeyRing(createInMemoryKeyStore(noKeptKeys(), rootOf)));
    expect(key.open(place('golden'), goldenSealed)).toBe('{"name":"Ada Lovelace"}');
  });
});

describe('the key ring', () => {
  it('makes one key for a subject, also when many ask for it at once', async () => {
    const kept = noKeptKeys();
    const rings = [1, 2, 3].map(() => createKeyRing(createInMemoryKeyStore(kept)));
    const keys = await Promise.all(rings.flatMap((ring) => [keyOf(ring), keyOf(ring)]));
    const sealed = keys.map((key) => key.seal(place('1'), 'Ann'));
    for (const key of keys) expect(sealed.map((text) => key.open(place('1'), text))).toEqual(keys.map(() => 'Ann'));
  });

  it('asks the store once for all who come together, and not again for what it knows', async () => {
    let calls = 0;
    const store = createInMemoryKeyStore();
    const counting: KeyStore = { ...store, make: (subjects) => (calls++, store.make(subjects)) };
    const ring = createKeyRing(counting);
    await Promise.all(['a', 'b', 'c', 'a'].map((subject) => keyOf(ring, subject)));
    await keyOf(ring, 'b');
    expect(calls).toBe(1);
  });

  it('knows no key that was never made', async () => {
    expect(await createKeyRing(createInMemoryKeyStore()).toOpen(new Set(['nobody']))).toEqual(new Map());
  });

  it('DEL-3: opens nothing of an erased subject, and makes no key for it again', async () => {
    const kept = noKeptKeys();
    const ring = createKeyRing(createInMemoryKeyStore(kept));
    await keyOf(ring);
    await ring.destroy('ann', 'erasure 1');
    for (const asked of [ring, createKeyRing(createInMemoryKeyStore(kept))]) {
      expect((await asked.toOpen(new Set(['ann']))).get('ann')).toBe('erased');
      expect((await asked.toSeal(new Set(['ann']))).get('ann')).toBe('erased');
    }
  });

  it('DEL-3: drops within five seconds what another process has destroyed', async () => {
    const kept = noKeptKeys();
    const [one, other] = [createKeyRing(createInMemoryKeyStore(kept)), createKeyRing(createInMemoryKeyStore(kept))];
    await keyOf(other);
    await one.destroy('ann', '');
    await sleep(5_000);
    expect((await other.toOpen(new Set(['ann']))).get('ann')).toBe('erased');
  });

  it('DEL-8: punctured events can never be read again, all others can', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 20 }),
        fc.infiniteStream(fc.boolean()),
        async (events, choices) => {
          const kept = noKeptKeys();
          const ring = createKeyRing(createInMemoryKeyStore(kept));
          const key = await keyOf(ring);
          const sealed = new Map(events.map((id) => [id, key.seal(place(id), id)]));
          const punctured = events.filter(() => choices.next().value === true);
          // Together and one after another come to the same.
          await ring.puncture('ann', punctured.slice(0, 2));
          for (const id of punctured) await ring.puncture('ann', [id]);
          const left = await keyOf(createKeyRing(createInMemoryKeyStore(kept)));
          for (const [id, text] of sealed) {
            expect(left.opens(id) && left.open(place(id), text)).toBe(!punctured.includes(id) && id);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('DEL-8: two who puncture at once both succeed', async () => {
    const kept = noKeptKeys();
    const [one, other] = [createKeyRing(createInMemoryKeyStore(kept)), createKeyRing(createInMemoryKeyStore(kept))];
    const sealed = (await keyOf(one)).seal(place('1'), 'Ann');
    await Promise.all([one.puncture('ann', ['1']), other.puncture('ann', ['2'])]);
    const key = await keyOf(createKeyRing(createInMemoryKeyStore(kept)));
    expect(key.opens('1')).toBe(false);
    expect(() => key.open(place('1'), sealed)).toThrow(TypeError);
    expect(() => key.seal(place('2'), 'Bo')).toThrow(TypeError);
  });

  it('hands on that the key store does not answer, and asks it again', async () => {
    let down = true;
    const store = createInMemoryKeyStore();
    const make: KeyStore['make'] = (subjects) =>
      down ? Promise.reject(new StoreUnavailable('key-store', 'down')) : store.make(subjects);
    const ring = createKeyRing({ ...store, make });
    await expect(keyOf(ring)).rejects.toThrow(StoreUnavailable);
    down = false;
    await keyOf(ring);
  });
});
