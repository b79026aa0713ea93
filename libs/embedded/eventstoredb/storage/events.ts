/** One event as it lies in the log. */
export interface StoredEvent {
  /** Position in `$all`: > 0, strictly increasing, never used again. */
  readonly position: number;
  readonly stream: string;
  /** 0, 1, 2, … within the stream; of a tombstone the revision after the last event. */
  readonly revision: number;
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly type: string;
  readonly isJson: boolean;
  /** True for the last event of a tombstoned stream, and for no other, whatever the type says. */
  readonly isTombstone: boolean;
  /** Milliseconds since 1970; never lower than that of an earlier position. */
  readonly created: number;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}

/** What a client gives for a new event. */
export interface ProposedEvent {
  /** 16 bytes, not all zero. */
  readonly id: Uint8Array;
  readonly type: string;
  readonly isJson: boolean;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}

export const JSON_FLAG = 1;
export const TOMBSTONE_FLAG = 2;
