import type { HiddenBecause } from './ports/key-ring.js';

/**
 * A fact as a decider states it: the stored name and what happened. Time, actor and ids of the record live in the
 * metadata.
 */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** Place of an event in the store's `$all` log. Below 2^53, so a plain number is exact; it only grows. */
export type Position = number;

export type ActorRole =
  'admin' | 'agent' | 'service' | 'analyst' | 'auditor' | 'contact' | 'workflow' | 'automation' | 'bot';

/** Who did it. `id` is opaque: a user's subject, a channel id for what a contact did, a workflow's name. */
export interface Actor {
  readonly id: string;
  readonly role: ActorRole;
}

export interface EventMetadata {
  readonly commandId: string;
  /** Keyed hash of the command's content: tells a repeated command from another one under the same id. */
  readonly commandHash: string;
  readonly correlationId: string;
  /** Id of the event or command that led to this one. */
  readonly causationId: string;
  readonly actor: Actor;
  /** When it was decided, RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  /** Version of the event type's schema when it was written. */
  readonly schemaVersion: number;
  /**
   * Revision of the last event of the append that carried this one, when commands shared it: the position answered
   * to each of them is that event's, and must be the same when the command is repeated after a restart.
   */
  readonly settledAt?: number;
}

/** An event as it stands in the store, decoded and upcast. */
export interface RecordedEvent<E extends DomainEvent = DomainEvent> {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly type: E['type'];
  readonly data: E['data'];
  readonly metadata: EventMetadata;
  /** The store's own clock at the append, RFC 3339 in UTC: what "as of a time" goes by. */
  readonly created: string;
  /**
   * Personal fields that nobody can read any more, and why; in `data` stands something empty of their kind. Missing
   * for an event that is whole.
   */
  readonly hidden?: Readonly<Record<string, HiddenBecause>>;
}

/** Narrows `data` together with `type` when `E` is a union: one record type per member. */
export type Recorded<E extends DomainEvent> = E extends DomainEvent ? RecordedEvent<E> : never;
