import type { Position } from '../event.js';
import type { IndexDeclaration, ProjectedDocument } from '../projection.js';

/** A document as one event left it. */
export interface DocumentState {
  /** Position of the last event that the document has seen. */
  readonly at: Position;
  /** Contacts whose erasure takes the document away. */
  readonly owners: readonly string[];
  /** `undefined`: a tombstone. It stays until no writer can still come with an older state. */
  readonly body: ProjectedDocument | undefined;
}

/** A document as the database holds it. */
export interface HeldDocument extends DocumentState {
  readonly id: string;
  /**
   * Of side documents: the state that the checkpoint before `at` saw. A batch that was interrupted is folded again
   * from it; from the newer state, fan-outs would go where later events send them.
   */
  readonly before: DocumentState | undefined;
}

/**
 * Takes effect when the database still holds what was loaded (same `at`, same `before.at`; `undefined`: nothing).
 * Both only ever grow, and the content follows from them, so a writer who was away for long can do no harm.
 */
export interface GuardedWrite {
  readonly loaded: HeldDocument | undefined;
  readonly next: HeldDocument;
}

/** The right to be the only one who does something, until the database's clock says otherwise. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with each new holder; conditional writes refuse a lower one. */
  readonly epoch: number;
}

/**
 * The database of the read models, as its writer sees it. Everything is durable on a majority when it answers.
 * Methods throw `StoreUnavailable`; then nothing, all or a part of the call may have taken effect.
 */
export interface Documents {
  /** Tombstones included; what is not there is left out. */
  load(model: string, ids: readonly string[]): Promise<readonly HeldDocument[]>;
  /**
   * Answers the ids whose guard did not hold; the others are written.
   * Throws `UniqueViolation` when a document has the value of another one in a unique index; others may be written.
   */
  write(model: string, writes: readonly GuardedWrite[]): Promise<readonly string[]>;
  /** Turns every document of these owners into a tombstone at `at`; what was theirs before is remembered no longer. */
  purge(model: string, owners: readonly string[], at: Position): Promise<void>;
  /** Removes the tombstones up to `upTo`. */
  sweep(model: string, upTo: Position): Promise<void>;

  /** Makes the collection and its indexes; what is there already stays. */
  ensureModel(model: string, indexes: readonly IndexDeclaration[]): Promise<void>;
  /** `to` becomes `from` at once, whatever it was; nothing happens when there is no `from`. */
  renameModel(from: string, to: string): Promise<void>;
  dropModel(model: string): Promise<void>;
  models(): Promise<readonly string[]>;

  /** A small document about the work itself (checkpoints, rebuilds). The value is JSON. */
  progress(name: string): Promise<object | undefined>;
  progressNames(prefix: string): Promise<readonly string[]>;
  /** Answers false, and changes nothing, when a holder of a higher epoch wrote it last. */
  saveProgress(name: string, value: object, epoch: number): Promise<boolean>;
  removeProgress(name: string, epoch: number): Promise<boolean>;

  /** `undefined`: somebody else has it. A holder that asks again gets a new epoch. */
  acquireLease(name: string, holder: string, milliseconds: number): Promise<Lease | undefined>;
  /** False: it is lost. */
  renewLease(lease: Lease, milliseconds: number): Promise<boolean>;
  releaseLease(lease: Lease): Promise<void>;
}
