import { LRUCache } from 'lru-cache';
import { DamagedData, StoreUnavailable } from '#event-sourcing';
import type { KeptKey, KeyRing, KeyStore, SubjectKey } from '#event-sourcing';
import { createGathering } from './gathering.js';
import { leafPath, without } from './key-tree.js';
import { subjectKey } from './subject-key.js';

const rememberedSubjects = 10_000;
/** What another process destroys is out of this one after at most so long, whatever else fails: less than five seconds. */
const rememberedFor = 4_000;
const attempts = 20;

/** The key ring over a key store. `close` forgets all keys. */
export function createKeyRing(store: KeyStore): KeyRing & { close(): void } {
  const known = new LRUCache<string, SubjectKey | 'erased'>({ max: rememberedSubjects, ttl: rememberedFor });
  // An entry that nobody asks for again would stay in memory beyond its time.
  const sweeping = setInterval(() => known.purgeStale(), 1_000).unref();
  // The first events of many contacts at once share one write to the key store, and its flush to the disk.
  const making = createGathering((subjects) => store.make(subjects));
  const finding = createGathering((subjects) => store.find(subjects));

  async function keysOf(
    subjects: ReadonlySet<string>,
    fetch: (missing: readonly string[]) => Promise<ReadonlyMap<string, KeptKey>>,
  ): Promise<ReadonlyMap<string, SubjectKey | 'erased'>> {
    const keys = new Map<string, SubjectKey | 'erased'>();
    const missing: string[] = [];
    for (const subject of subjects) {
      const key = known.get(subject);
      if (key === undefined) missing.push(subject);
      else keys.set(subject, key);
    }
    if (missing.length === 0) return keys;
    const fetched = await fetch(missing);
    for (const subject of missing) {
      const kept = fetched.get(subject);
      if (kept === undefined) continue;
      const key = kept === 'destroyed' ? 'erased' : subjectKey(kept);
      // What was fetched while this process destroyed it is of before.
      if (known.get(subject) !== 'erased') known.set(subject, key);
      keys.set(subject, key);
    }
    return keys;
  }

  return {
    toSeal: (subjects) => keysOf(subjects, making),
    toOpen: (subjects) => keysOf(subjects, finding),
    async destroy(subject, reason) {
      await store.destroy(subject, reason);
      known.set(subject, 'erased');
    },
    async puncture(subject, eventIds) {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const before = (await store.find([subject])).get(subject);
        if (before === undefined) throw new DamagedData(`the key of ${subject}`);
        if (before === 'destroyed') return;
        const after = eventIds.map(leafPath).reduce(without, before);
        if (after === before || (await store.replace(subject, before, after))) {
          known.delete(subject);
          return;
        }
      }
      throw new StoreUnavailable('key-store', 'a key is changed by others all the time');
    },
    destroyed: () => store.destroyed(),
    close() {
      clearInterval(sweeping);
      known.clear();
    },
  };
}
