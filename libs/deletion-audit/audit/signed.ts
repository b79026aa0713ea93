import canonicalize from 'canonicalize';
import type { Signer, VerifySignature } from '#event-sourcing';

/** A document with the installation's signature over the RFC 8785 form of everything else in it. */
export type Signed<T extends object> = T & { readonly publicKey: string; readonly signature: string };

export function signed<T extends object>(document: T, signer: Signer): Signed<T> {
  const named = { ...document, publicKey: signer.publicKey };
  return { ...named, signature: signer.sign(canonicalize(named) ?? '') };
}

/** Whether nothing was changed since it was signed. Whose key that is, its reader must know. */
export function isIntact(document: Signed<object>, verify: VerifySignature): boolean {
  const { signature, ...named } = document;
  return verify({ text: canonicalize(named) ?? '', signature, publicKey: document.publicKey });
}
