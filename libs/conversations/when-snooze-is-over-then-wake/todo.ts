import type { Recorded, ToDo } from '#event-sourcing';
import type { ConversationEvent } from '../conversation/events.js';

export type SnoozeEvent = Extract<
  ConversationEvent,
  { type: 'ConversationSnoozed' | 'SnoozeEnded' | 'ConversationClosed' }
>;

/** Until when the conversation is snoozed; `null`: it is not. */
export type SnoozeState = string | null;

export const initial: SnoozeState = null;

export function evolve(_state: SnoozeState, event: Recorded<SnoozeEvent>): SnoozeState {
  return event.type === 'ConversationSnoozed' ? event.data.until : null;
}

/** The command that wakes it names the snooze that is meant. */
export interface WakeUp extends ToDo {
  readonly name: 'wake';
  readonly due: string;
}

export function react(until: SnoozeState): readonly WakeUp[] {
  return until === null ? [] : [{ id: `wake ${until}`, name: 'wake', due: until }];
}
