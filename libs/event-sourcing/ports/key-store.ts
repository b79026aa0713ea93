/** A key of a subject's tree, by its place: lower-case hex digits, one for each level from the root (`''`). */
export interface KeyNode {
  readonly path: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * What is kept of a subject: the root of its tree, or what is left of it after single events were punctured (then the
 * nodes that lead to every other event); `destroyed`: a marker, and never a key again.
 */
export type KeptKey = 'destroyed' | readonly KeyNode[];

/** A key that is no more, and what was written down when it went. */
export interface DestroyedKey {
  readonly subject: string;
  readonly reason: string;
}

/**
 * Secrets of the command side, kept apart from events and read models. What a method has answered is durable.
 * Methods throw `StoreUnavailable` and `DamagedData`.
 */
export interface KeyStore {
  /** The HMAC key of this store, 32 bytes: made at the first call and the same for ever. */
  storeKey(): Promise<Uint8Array>;
  /** The seed of the Ed25519 key that heads and certificates are signed with, 32 bytes; like `storeKey`. */
  signingSeed(): Promise<Uint8Array>;
  /** Subjects that never had a key are missing in the answer. */
  find(subjects: readonly string[]): Promise<ReadonlyMap<string, KeptKey>>;
  /** Makes a root for each subject that has nothing kept, and answers what is kept of all. */
  make(subjects: readonly string[]): Promise<ReadonlyMap<string, KeptKey>>;
  /** Keeps `after` for `before`. False when something else is kept, because somebody was faster. */
  replace(subject: string, before: readonly KeyNode[], after: readonly KeyNode[]): Promise<boolean>;
  /**
   * Takes the key away for good, also from the store's own journals, and leaves the marker; a subject that had no key
   * gets the marker too. The reason of the first call stays.
   */
  destroy(subject: string, reason: string): Promise<void>;
  /** Every marker. */
  destroyed(): AsyncIterable<DestroyedKey>;
  close(): Promise<void>;
}
