import type { Decider } from '#event-sourcing';
import type { RecordRefusedDeletion } from './commands.js';
import type { DeletionRefused } from './events.js';
import type { AttemptsRefusal } from './refusals.js';
import { allowedAttempts, evolve, initial } from './state.js';
import type { AttemptsState } from './state.js';

const windowMilliseconds = 10 * 60_000;

/** The rule against guessing hints (DEL-1). */
export const attemptsDecider: Decider<RecordRefusedDeletion, DeletionRefused, AttemptsState, AttemptsRefusal> = {
  initial,
  evolve,
  decide({ actor, at, contactId, because }, state) {
    return (
      tooManyAttempts(state, actor.id, at) ?? [
        { type: 'DeletionRefused', data: { contactId, adminId: actor.id, refusedAt: at, because } },
      ]
    );
  },
};

/** Asked before a hint is compared at all, so that a stopped admin learns nothing from the answer. */
export function tooManyAttempts(state: AttemptsState, adminId: string, at: string): AttemptsRefusal | undefined {
  const attempts = state.get(adminId) ?? [];
  const [oldest] = attempts;
  if (oldest === undefined || attempts.length < allowedAttempts) return undefined;
  const until = Date.parse(oldest) + windowMilliseconds;
  return Date.parse(at) < until ? { code: 'too-many-attempts', until: new Date(until).toISOString() } : undefined;
}
