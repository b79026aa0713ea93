/**
 * Signs of life, too many to be events: kept beside the read models, by the clock of their database, which all
 * processes share. Throws `StoreUnavailable`.
 */
export interface Heartbeats {
  /** Somebody is there now. */
  beat(who: string): Promise<void>;
  /** The newest beat of everybody who ever gave one; all times in milliseconds of the same clock. */
  read(): Promise<{ readonly now: number; readonly beats: ReadonlyMap<string, number> }>;
}
