/** The event that a sealed text belongs to: it opens nowhere else. */
export interface SealedPlace {
  readonly stream: string;
  readonly type: string;
  readonly eventId: string;
}

/** Why a personal field cannot be read any more: its subject was erased, or this event alone was made unreadable. */
export type HiddenBecause = 'erased' | 'redacted';

/** The key of one subject, in memory. */
export interface SubjectKey {
  /** Different each time. */
  seal(place: SealedPlace, plain: string): string;
  /** False: the event's key was punctured. */
  opens(eventId: string): boolean;
  /** Of an event that it opens. Throws `DamagedData` when it was not sealed at this place under this key. */
  open(place: SealedPlace, sealed: string): string;
}

/**
 * The keys that personal data stands under, one for each subject (a contact). What another process destroyed is
 * noticed within five seconds. Methods throw `StoreUnavailable` and `DamagedData`.
 */
export interface KeyRing {
  /** Keys to write under: made, and durable, where there were none. */
  toSeal(subjects: ReadonlySet<string>): Promise<ReadonlyMap<string, SubjectKey | 'erased'>>;
  /** Keys to read with; one that was neither made nor destroyed is missing in the answer. */
  toOpen(subjects: ReadonlySet<string>): Promise<ReadonlyMap<string, SubjectKey | 'erased'>>;
  /**
   * DEL-3: nothing of the subject can be read again, and no key will be made for it. The reason of the first call
   * stays.
   */
  destroy(subject: string, reason: string): Promise<void>;
  /** DEL-8: these events of the subject can never be read again; all others can. */
  puncture(subject: string, eventIds: readonly string[]): Promise<void>;
  /** Every subject whose key was destroyed, with the reason. */
  destroyed(): AsyncIterable<{ readonly subject: string; readonly reason: string }>;
}
