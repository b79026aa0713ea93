import type { Actor, DomainEvent } from './event.js';

/**
 * What every command carries. Filled at the edge (HTTP, workflow), so that deciders need neither clock nor randomness.
 */
export interface CommandHeader {
  readonly commandId: string;
  readonly commandHash: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: Actor;
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string;
}

export type Command<Type extends string = string, Body extends object = object> = CommandHeader & {
  readonly type: Type;
} & Readonly<Body>;

/** A rule says no. A value, never thrown; `code` is stable and its HTTP status is decided in one place. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
}

/**
 * One aggregate's rules. All three are pure.
 * `evolve` is total: it takes any known event in any state and never throws, because a fact cannot be refused.
 * `decide` answers the events that follow (none: the wanted end is already there) or the refusal.
 */
export interface Decider<C extends Command, E extends DomainEvent, S, R extends Refusal> {
  readonly initial: S;
  readonly evolve: (state: S, event: E) => S;
  readonly decide: (command: C, state: S) => readonly E[] | R;
}

export function isRefusal<R extends Refusal>(decision: readonly DomainEvent[] | R): decision is R {
  return !Array.isArray(decision);
}
