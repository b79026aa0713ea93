import { createHash, randomBytes } from 'node:crypto';
import { createKeyRing } from '#adapters/key-ring';
import type { KeptKey, KeyNode, KeyRing, KeyStore, Scavenger } from '#event-sourcing';

/** What is kept. Several stores over one are several processes; a copy of it is a backup. */
export interface InMemoryKeys {
  readonly kept: Map<string, { key: KeptKey; reason: string }>;
}

export const noKeptKeys = (): InMemoryKeys => ({ kept: new Map() });

const bytesOf = (name: string): Uint8Array => createHash('sha256').update(name).digest();

/** The port in memory. `rootOf` makes the roots; default: random ones. */
export function createInMemoryKeyStore(
  { kept }: InMemoryKeys = noKeptKeys(),
  rootOf: (subject: string) => Uint8Array = () => randomBytes(32),
): KeyStore {
  const keptOf = (subjects: readonly string[]): ReadonlyMap<string, KeptKey> =>
    new Map(
      subjects.flatMap((subject) => {
        const entry = kept.get(subject);
        return entry ? [[subject, entry.key] as const] : [];
      }),
    );
  return {
    storeKey: () => Promise.resolve(bytesOf('store key')),
    signingSeed: () => Promise.resolve(bytesOf('signing seed')),
    find: (subjects) => Promise.resolve(keptOf(subjects)),
    make(subjects) {
      for (const subject of subjects) {
        if (!kept.has(subject)) kept.set(subject, { key: [{ path: '', key: rootOf(subject) }], reason: '' });
      }
      return Promise.resolve(keptOf(subjects));
    },
    replace(subject, before, after) {
      const now = kept.get(subject)?.key;
      if (now === undefined || now === 'destroyed' || !isSame(now, before)) return Promise.resolve(false);
      kept.set(subject, { key: after, reason: '' });
      return Promise.resolve(true);
    },
    destroy(subject, reason) {
      if (kept.get(subject)?.key !== 'destroyed') kept.set(subject, { key: 'destroyed', reason });
      return Promise.resolve();
    },
    async *destroyed() {
      await Promise.resolve();
      for (const [subject, { key, reason }] of kept) if (key === 'destroyed') yield { subject, reason };
    },
    close: () => Promise.resolve(),
  };
}

/** A key ring of one test. */
export const createTestKeyRing = (keys?: InMemoryKeys): KeyRing => createKeyRing(createInMemoryKeyStore(keys));

function isSame(one: readonly KeyNode[], other: readonly KeyNode[]): boolean {
  const textOf = (nodes: readonly KeyNode[]): string =>
    JSON.stringify(nodes.map(({ path, key }) => [path, Buffer.from(key).toString('hex')]));
  return textOf(one) === textOf(other);
}

/** For stores in memory, which keep nothing in files. */
export const nothingToScavenge: Scavenger = {
  due: (at) => at,
  scavenge: () => Promise.resolve(),
  compactModels: () => Promise.resolve(),
};
