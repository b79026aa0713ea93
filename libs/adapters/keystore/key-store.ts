import { randomBytes } from 'node:crypto';
import { DamagedData } from '#event-sourcing';
import type { KeptKey, KeyNode, KeyStore } from '#event-sourcing';
import { bytesOfNodes, nodesOfBytes } from './kept-nodes.js';
import type { KeyRecord, KeyRecords } from './key-records.js';
import type { MasterKeys } from './master-keys.js';

const keyBytes = 32;
const ofSubject = 'subject ';

/** A key store whose secrets can be put under a newer master key. */
export interface RewrappableKeyStore extends KeyStore {
  /** Puts what stands under older master keys under the newest; answers how many there were. Events are untouched. */
  rewrap(): Promise<number>;
}

/** The port over records, which hold every secret wrapped. */
export function createKeyStore(records: KeyRecords, masters: MasterKeys): RewrappableKeyStore {
  async function make(names: readonly string[], secret: () => Uint8Array): Promise<readonly KeyRecord[]> {
    const found = await records.find(names);
    const missing = new Set(names).difference(new Set(found.map(({ name }) => name)));
    if (missing.size === 0) return found;
    await records.insert([...missing].map((name) => ({ name, ...masters.wrap(name, secret()) })));
    // Another process may have been faster with some of them.
    return [...found, ...(await records.find([...missing]))];
  }

  async function own(name: string): Promise<Uint8Array> {
    const [record] = await make([name], () => randomBytes(keyBytes));
    const secret = record && 'wrapped' in record ? masters.unwrap(name, record) : undefined;
    if (secret?.length !== keyBytes) throw new DamagedData(`the ${name} key of the key store`);
    return secret;
  }

  function keptIn(found: readonly KeyRecord[]): ReadonlyMap<string, KeptKey> {
    return new Map(found.map((record) => [record.name.slice(ofSubject.length), keptOf(record)]));
  }

  function keptOf(record: KeyRecord): KeptKey {
    return 'reason' in record ? 'destroyed' : nodesOfBytes(masters.unwrap(record.name, record));
  }

  const namesOf = (subjects: readonly string[]): string[] => subjects.map((subject) => ofSubject + subject);
  const newRoot = (): Uint8Array => bytesOfNodes([{ path: '', key: randomBytes(keyBytes) }]);

  return {
    storeKey: () => own('store'),
    signingSeed: () => own('signing'),
    find: async (subjects) => keptIn(await records.find(namesOf(subjects))),
    make: async (subjects) => keptIn(await make(namesOf(subjects), newRoot)),
    async replace(subject, before, after) {
      const name = ofSubject + subject;
      const [record] = await records.find([name]);
      if (!record || 'reason' in record) return false;
      const kept = masters.unwrap(name, record);
      if (!sameNodes(kept, before)) return false;
      const replaced = await records.replace(name, record.wrapped, masters.wrap(name, bytesOfNodes(after)));
      await records.purge();
      return replaced;
    },
    async destroy(subject, reason) {
      await records.destroy(ofSubject + subject, reason);
      // Also when nothing changed: the process that did it may have died before this.
      await records.purge();
    },
    async *destroyed() {
      for await (const record of records.all()) {
        if ('reason' in record) yield { subject: record.name.slice(ofSubject.length), reason: record.reason };
      }
    },
    async rewrap() {
      let rewrapped = 0;
      for await (const record of records.all()) {
        if ('reason' in record || record.master === masters.newest()) continue;
        const { name } = record;
        // One that somebody else changed meanwhile stands under the newest already.
        if (await records.replace(name, record.wrapped, masters.wrap(name, masters.unwrap(name, record)))) rewrapped++;
      }
      return rewrapped;
    },
    close: () => records.close(),
  };
}

const sameNodes = (bytes: Uint8Array, nodes: readonly KeyNode[]): boolean =>
  Buffer.from(bytes).equals(bytesOfNodes(nodes));
