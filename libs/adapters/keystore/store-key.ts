import { DamagedData } from '#event-sourcing';

/** HMAC-SHA256 takes no more than 32 bytes of strength from a key. */
export const storeKeyBytes = 32;

/** Name of the key of the store among the keys that are kept. */
export const storeKeyName = 'store';

/** Throws `DamagedData` when what is kept under the store key's name is no key. */
export function checkedStoreKey(kept: Uint8Array | undefined): Uint8Array {
  if (kept?.length !== storeKeyBytes) throw new DamagedData('the store key of the key store');
  return kept;
}
