import { createInMemoryKeyStore, noKeptKeys } from './in-memory-key-store.js';
import type { InMemoryKeys } from './in-memory-key-store.js';
import { testKeyStore } from './key-store-conformance.js';

const kept = new Map<string, InMemoryKeys>();

testKeyStore('in-memory key store', (name) => {
  const keys = kept.get(name) ?? noKeptKeys();
  kept.set(name, keys);
  return Promise.resolve(createInMemoryKeyStore(keys));
});
