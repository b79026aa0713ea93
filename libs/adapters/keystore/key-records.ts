/** A secret under a version of the master key. */
export interface WrappedSecret {
  readonly master: string;
  readonly wrapped: Uint8Array;
}

/** What is kept under a name: a secret, or why there is none any more. */
export type KeyRecord = { readonly name: string } & (WrappedSecret | { readonly reason: string });

/**
 * Where secrets are kept: a file or a database, which see them wrapped only. What a method has answered is durable.
 * Methods throw `StoreUnavailable`.
 */
export interface KeyRecords {
  find(names: readonly string[]): Promise<readonly KeyRecord[]>;
  /** Of a name that has a record already, that one stays. */
  insert(secrets: readonly (WrappedSecret & { readonly name: string })[]): Promise<void>;
  /** False when something else than `before` is kept. */
  replace(name: string, before: Uint8Array, after: WrappedSecret): Promise<boolean>;
  /** Leaves the reason in place of the secret, or of nothing. An earlier reason stays. */
  destroy(name: string, reason: string): Promise<void>;
  /** What was replaced or destroyed is gone from the store's own journals too, as far as the store has a say. */
  purge(): Promise<void>;
  all(): AsyncIterable<KeyRecord>;
  close(): Promise<void>;
}
