/** The end of an append, a delete or a tombstone. Positions are positions in `$all`. */
export type WriteOutcome =
  | {
      readonly kind: 'written';
      /** Last revision of the stream after an append; -1 when it has none. */
      readonly revision: number;
      /** Of the last event written; undefined when there is none, or none that may be read. */
      readonly position: number | undefined;
    }
  | { readonly kind: 'wrong-expected-version'; readonly current: number }
  | { readonly kind: 'stream-deleted' };
