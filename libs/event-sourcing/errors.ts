/** Faults. A refusal of a rule is a value (see `decider.ts`); these are thrown when the machinery cannot go on. */
export abstract class Fault extends Error {
  /** Stable word for logs, metrics and the mapping to HTTP; never shown with `message` of a third party. */
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** The stream is not at the revision that the writer expected. */
export class RevisionConflict extends Fault {
  readonly code = 'revision-conflict';
  constructor(
    readonly stream: string,
    readonly expected: number | 'none' | 'any',
    /** Revision of the newest event, -1 when there is none. */
    readonly actual: number,
  ) {
    super(`stream ${stream} is at revision ${actual}, expected ${expected}`);
  }
}

/** The stream was tombstoned: it can never be read or written again. */
export class StreamGone extends Fault {
  readonly code = 'stream-gone';
  constructor(readonly stream: string) {
    super(`stream ${stream} is gone`);
  }
}

/** The store behind a port does not answer (down, overloaded, timed out). Nothing is known to be half done. */
export class StoreUnavailable extends Fault {
  readonly code = 'store-unavailable';
  constructor(
    readonly store: 'event-store' | 'documents' | 'key-store',
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${store} unavailable: ${reason}`, options);
  }
}

/** More work waits than the process may hold. The caller should come back later. */
export class Overloaded extends Fault {
  readonly code = 'overloaded';
  constructor(readonly what: string) {
    super(`too much work waits for ${what}`);
  }
}

/** An event is larger than the store takes. */
export class EventTooLarge extends Fault {
  readonly code = 'event-too-large';
  constructor(
    readonly stream: string,
    readonly limit: number,
  ) {
    super(`an event for ${stream} is larger than ${limit} bytes`);
  }
}

/** An event in a stream of ours that this build does not know: a newer version of the product wrote it. */
export class NewerWriter extends Fault {
  readonly code = 'newer-writer';
  constructor(
    readonly stream: string,
    readonly type: string,
    readonly version: number,
  ) {
    super(`${type} version ${version} in ${stream} was written by a newer version`);
  }
}

/** The stream is not at the revision that the sender asked for (If-Match). */
export class PreconditionFailed extends Fault {
  readonly code = 'precondition-failed';
  constructor(
    readonly stream: string,
    readonly asked: number,
    readonly actual: number,
  ) {
    super(`stream ${stream} is at revision ${actual}, asked for ${asked}`);
  }
}

/**
 * `undefined` when it meets a stream that is gone: to who erases or follows an erasure that is an answer like any
 * other.
 */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (fault) {
    if (fault instanceof StreamGone) return undefined;
    throw fault;
  }
}

/** A command id came again with another command. */
export class CommandIdReused extends Fault {
  readonly code = 'command-id-reused';
  constructor(readonly commandId: string) {
    super(`command ${commandId} was another one before`);
  }
}

/** Stored bytes are not what was written. */
export class DamagedData extends Fault {
  readonly code = 'damaged-data';
  constructor(
    readonly where: string,
    options?: ErrorOptions,
  ) {
    super(`damaged data at ${where}`, options);
  }
}

/** The history or the key store is not the one that this data was made with. */
export class ForeignStore extends Fault {
  readonly code = 'foreign-store';
}

/** A document of a read model has the value of another one in a unique index. */
export class UniqueViolation extends Fault {
  readonly code = 'unique-violation';
  constructor(
    readonly model: string,
    readonly index: string,
  ) {
    super(`two documents of ${model} have the same value in the unique index ${index}`);
  }
}

/** The list was rebuilt since the page that a cursor comes from. */
export class CursorOutdated extends Fault {
  readonly code = 'cursor-outdated';
  constructor(readonly model: string) {
    super(`${model} was rebuilt since`);
  }
}
