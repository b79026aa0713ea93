import type { CommitQueue } from './semantics/commit-queue.js';
import type { LiveFeed } from './semantics/live-feed.js';
import type { Scavenger } from './semantics/scavenger.js';
import type { StreamStore } from './semantics/stream-store.js';
import type { Turns } from './semantics/turns.js';
import type { PageReaders } from './threads/page-readers.js';

/** The parts of a running server that its methods work with. */
export interface Node {
  readonly store: StreamStore;
  readonly queue: CommitQueue;
  readonly feed: LiveFeed;
  readonly pages: PageReaders;
  readonly turns: Turns;
  readonly scavenger: Scavenger;
  /** To be told of what was thrown while the log was used: damage is for the operator to know. */
  noticeDamage(error: unknown): void;
  /** Stable for the life of the process. */
  readonly instanceId: string;
  /** Host that clients are told to reach this node at; absent: the one they have come by. */
  readonly advertisedHost: string | undefined;
  /** Bytes of one append: data, metadata, and the type twice. */
  readonly maxAppendSize: number;
}
