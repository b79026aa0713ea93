/**
 * Ids, hashes and chance. What derives from outside input is an HMAC under the store's key: nobody can confirm a guess.
 */
export interface Ids {
  /** A new opaque id. */
  next(): string;
  /** Keyed hash of the parts (unambiguous whatever they contain), 32 characters of lower-case hex. */
  keyed(...parts: readonly string[]): string;
  /** UUID derived from the parts in the same way: equal parts, equal id. */
  derivedUuid(...parts: readonly string[]): string;
  /** In [0, 1): for jitter only. */
  chance(): number;
}
