import type { Command, Decider, Refusal } from '../decider.js';
import type { OutcomeEvent } from './events.js';

interface OfToDo {
  readonly workflow: string;
  readonly key: string;
  readonly beganWith: string;
  readonly todo: string;
}

/** `reason` is the code of a fault. */
export type RecordFailure = Command<'RecordFailure', OfToDo & { readonly reason: string }>;
/** The instance's own rules failed on it: there is nothing to try again. */
export type Quarantine = Command<'Quarantine', OfToDo & { readonly reason: string }>;
export type SettleToDo = Command<'SettleToDo', OfToDo>;
export type ReleaseInstance = Command<'ReleaseInstance', { readonly workflow: string; readonly key: string }>;
export type OutcomeCommand = RecordFailure | Quarantine | SettleToDo | ReleaseInstance;

export type OutcomeRefusal = Refusal<'not-quarantined'>;

interface OutcomeState {
  readonly quarantined: boolean;
  readonly failing: { readonly beganWith: string; readonly todo: string; readonly attempts: number } | null;
}

type Decision = readonly OutcomeEvent[] | OutcomeRefusal;

/**
 * Attempts that a to-do has before its instance is quarantined: the last one comes some seventeen minutes after the
 * first.
 */
export const mostAttempts = 10;
const firstPause = 1_000;

/** Attempts and outcomes of one instance of a workflow. */
export const outcomeDecider: Decider<OutcomeCommand, OutcomeEvent, OutcomeState, OutcomeRefusal> = {
  initial: { quarantined: false, failing: null },
  evolve(state, event) {
    switch (event.type) {
      case 'WorkflowAttemptFailed': {
        const { beganWith, todo, attempt } = event.data;
        return { ...state, failing: { beganWith, todo, attempts: attempt } };
      }
      case 'WorkflowQuarantined':
        return { ...state, quarantined: true };
      case 'WorkflowReleased':
        return { quarantined: false, failing: null };
      case 'WorkflowToDoSettled':
        return { ...state, failing: null };
    }
  },
  decide(command, state) {
    switch (command.type) {
      case 'RecordFailure':
        return recordFailure(command, state);
      case 'Quarantine':
        return state.quarantined ? [] : [quarantined(command, state.failing?.attempts ?? 0)];
      case 'SettleToDo': {
        const { workflow, key, beganWith, todo } = command;
        return [{ type: 'WorkflowToDoSettled', data: { workflow, key, beganWith, todo } }];
      }
      case 'ReleaseInstance': {
        const { workflow, key } = command;
        return state.quarantined
          ? [{ type: 'WorkflowReleased', data: { workflow, key } }]
          : { code: 'not-quarantined' };
      }
    }
  },
};

function recordFailure(command: RecordFailure, { quarantined: already, failing }: OutcomeState): Decision {
  if (already) return [];
  const { workflow, key, beganWith, todo, reason, at } = command;
  const again = failing?.beganWith === beganWith && failing.todo === todo;
  const attempt = again ? failing.attempts + 1 : 1;
  const retryAt = new Date(Date.parse(at) + firstPause * 2 ** (attempt - 1)).toISOString();
  const failed = { workflow, key, beganWith, todo, attempt, reason, retryAt };
  const events: OutcomeEvent[] = [{ type: 'WorkflowAttemptFailed', data: failed }];
  return attempt < mostAttempts ? events : [...events, quarantined(command, attempt)];
}

function quarantined(command: RecordFailure | Quarantine, attempts: number): OutcomeEvent {
  const { workflow, key, beganWith, todo, reason } = command;
  return { type: 'WorkflowQuarantined', data: { workflow, key, beganWith, todo, attempts, reason } };
}
