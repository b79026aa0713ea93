import { createKeyRing } from '#adapters/key-ring';
import { openKeyStore, type MasterKeySource } from '#adapters/keystore';
import type { KeyRing, KeyStore } from '#event-sourcing';

/** Where the keys are, and what they are wrapped with. */
export interface KeyAddresses {
  readonly keyStoreUrl: string;
  readonly masterKeys: MasterKeySource;
}

export interface OpenedKeys {
  readonly store: KeyStore;
  readonly ring: KeyRing;
  close(): Promise<void>;
}

/** Throws `ForeignStore` for master keys that are none, `StoreUnavailable` when the key store does not answer. */
export async function openKeys({ keyStoreUrl, masterKeys }: KeyAddresses): Promise<OpenedKeys> {
  const store = await openKeyStore({ url: keyStoreUrl, masterKeys });
  const ring = createKeyRing(store);
  return {
    store,
    ring,
    close: async () => {
      ring.close();
      await store.close();
    },
  };
}
