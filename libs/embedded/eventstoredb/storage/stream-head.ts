/** The bounds that a stream's metadata sets on reading it. */
export interface StreamMetadata {
  /** Only the newest n events are readable. */
  readonly maxCount?: number;
  /** Only events younger than this many seconds are readable. */
  readonly maxAge?: number;
  /** Only revisions from here on are readable. */
  readonly truncateBefore?: number;
  /** `$tb` is exactly 2^63-1: the stream is soft-deleted. */
  readonly isDeleted?: true;
}

/** What is known of a stream without reading its events. */
export interface StreamHead {
  readonly sid: number;
  readonly name: string;
  /** Lower revisions were scavenged. */
  readonly firstRevision: number;
  /** -1 when the stream has no event; a tombstone does not count. */
  readonly lastRevision: number;
  readonly isTombstoned: boolean;
  readonly metadata: StreamMetadata;
}
