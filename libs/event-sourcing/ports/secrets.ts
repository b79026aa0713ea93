/** Sealing of small secrets of the configuration (a channel's app secret) before they enter an event. */
export interface Secrets {
  /** Sealed text, safe to store; different each time. */
  seal(plain: string): string;
  /** Throws `DamagedData` when it was not sealed with this store's key. */
  open(sealed: string): string;
}
