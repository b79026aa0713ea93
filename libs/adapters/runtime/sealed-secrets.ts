import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { DamagedData } from '#event-sourcing';
import type { Secrets } from '#event-sourcing';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
/** Layout and key derivation of what follows it. */
const version = 'v1.';

/** Seals with AES-256-GCM under a key that is derived from the store's. */
export function createSecrets(storeKey: Uint8Array): Secrets {
  const key = new Uint8Array(hkdfSync('sha256', storeKey, '', 'inbox-ledger secrets v1', 32));
  return {
    seal(plain) {
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, key, iv);
      const sealed = Buffer.concat([sealing.update(plain, 'utf8'), sealing.final()]);
      return version + Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64url');
    },
    open(text) {
      const bytes = Buffer.from(text.slice(version.length), 'base64url');
      if (!text.startsWith(version) || bytes.length < ivBytes + tagBytes) throw new DamagedData('a sealed secret');
      const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes));
      opening.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      try {
        return opening.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + opening.final('utf8');
      } catch (cause) {
        throw new DamagedData('a sealed secret', { cause });
      }
    },
  };
}
