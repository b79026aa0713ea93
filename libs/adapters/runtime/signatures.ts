import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Signer, VerifySignature } from '#event-sourcing';

const rawKeyBytes = 32;
/** What stands before the raw key in PKCS #8 and in SPKI (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Signs under the Ed25519 key of this seed. */
export function createSigner(seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: spki.subarray(-rawKeyBytes).toString('base64'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  };
}

export const verifySignature: VerifySignature = ({ text, signature, publicKey }) => {
  const [key, bytes] = [bytesOf(publicKey), bytesOf(signature)];
  if (key?.length !== rawKeyBytes || !bytes) return false;
  const spki = createPublicKey({ key: Buffer.concat([publicPrefix, key]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), spki, bytes);
};

/** Base64 as it is written here: other spellings of the same bytes would be changes that nobody finds. */
function bytesOf(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
}
