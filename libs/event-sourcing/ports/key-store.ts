/** Secrets of the command side, kept apart from events and read models. */
export interface KeyStore {
  /** The HMAC key of this store, 32 bytes: made, durable, at the first call and the same for ever. */
  storeKey(): Promise<Uint8Array>;
  close(): Promise<void>;
}
