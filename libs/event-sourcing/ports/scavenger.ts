/** Takes out of the stores' files what was deleted, as far as the stores have a say. */
export interface Scavenger {
  /** From when on what is deleted `at` that time is to be taken out: at once, or when the operator wants it done. */
  due(at: string): string;
  /**
   * Resolves when every node of the event store, and the database of the read models, has done it since the call.
   * Throws `StoreUnavailable` when one of them does not answer or gives up.
   */
  scavenge(): Promise<void>;
  /** The database of the read models alone. */
  compactModels(): Promise<void>;
}
