import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { DamagedData } from '#event-sourcing';
import type { KeyNode, SealedPlace, SubjectKey } from '#event-sourcing';
import { keyAt, leafPath, nodeAbove } from './key-tree.js';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals with AES-256-GCM, each event under a key of its own. The text is base64 of IV, tag and ciphertext; stream, type
 * and event id are the associated data.
 */
export function subjectKey(nodes: readonly KeyNode[]): SubjectKey {
  const byPath = new Map(nodes.map(({ path, key }) => [path, key]));
  const whole = byPath.has('');
  const keyOf = ({ eventId }: SealedPlace): Uint8Array => {
    const key = keyAt(byPath, leafPath(eventId));
    // Event ids are never used twice, so one that is punctured is never written again; who reads asks first.
    if (!key) throw new TypeError('the key of this event was punctured');
    return key;
  };
  return {
    seal(place, plain) {
      const key = keyOf(place);
      const iv = nextIv();
      const sealing = createCipheriv(cipher, key, iv);
      sealing.setAAD(associated(place));
      const sealed = [sealing.update(plain, 'utf8'), sealing.final()];
      return Buffer.concat([iv, sealing.getAuthTag(), ...sealed]).toString('base64');
    },
    opens: (eventId) => whole || nodeAbove(byPath, leafPath(eventId)) !== undefined,
    open(place, text) {
      const key = keyOf(place);
      const bytes = Buffer.from(text, 'base64');
      if (bytes.length < ivBytes + tagBytes) throw new DamagedData(placeOf(place));
      const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes));
      opening.setAAD(associated(place));
      opening.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      try {
        return opening.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + opening.final('utf8');
      } catch (cause) {
        throw new DamagedData(placeOf(place), { cause });
      }
    },
  };
}

// One call of the generator for many: each costs as much as making the cipher.
const ivs = Buffer.alloc(ivBytes * 256);
let usedIvs = ivs.length;

/** 96 random bits, handed out once. Good until the next call. */
function nextIv(): Uint8Array {
  if (usedIvs === ivs.length) {
    randomFillSync(ivs);
    usedIvs = 0;
  }
  return ivs.subarray(usedIvs, (usedIvs += ivBytes));
}

// JSON keeps the parts apart, whatever they contain.
const associated = ({ stream, type, eventId }: SealedPlace): Buffer =>
  Buffer.from(JSON.stringify([stream, type, eventId]));

const placeOf = ({ stream, type }: SealedPlace): string => `sealed data of ${stream} (${type})`;
