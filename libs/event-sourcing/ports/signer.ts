/** The installation's own signature, which outsiders can check with its public key: Ed25519. */
export interface Signer {
  /** 32 bytes in base64; the same for the whole life of the key store. */
  readonly publicKey: string;
  /** Signature over the text's UTF-8 bytes, in base64. */
  sign(text: string): string;
}

/** Whether the signature over the text was made with the private half of `publicKey`. Never throws. */
export type VerifySignature = (signed: {
  readonly text: string;
  readonly signature: string;
  readonly publicKey: string;
}) => boolean;
