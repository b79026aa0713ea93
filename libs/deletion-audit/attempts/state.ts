import type { DeletionRefused } from './events.js';

/** Instants of each admin's newest refusals, oldest first; no more than the rule counts. */
export type AttemptsState = ReadonlyMap<string, readonly string[]>;

export const initial: AttemptsState = new Map();

/** After so many wrong hints within the window the admin is stopped. */
export const allowedAttempts = 5;

export function evolve(state: AttemptsState, { data: { adminId, refusedAt } }: DeletionRefused): AttemptsState {
  const newest = [...(state.get(adminId) ?? []), refusedAt].slice(-allowedAttempts);
  return new Map(state).set(adminId, newest);
}
