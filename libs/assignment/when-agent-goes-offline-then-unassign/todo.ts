import type { UserEvent } from '#access/user';
import type { Recorded, ToDo } from '#event-sourcing';

export type PresenceEvent = Extract<UserEvent, { type: 'AgentCameOnline' | 'AgentWentAway' | 'AgentWentOffline' }>;

/** `null`: they are there. */
export type OfflineState = { readonly since: string; readonly position: number } | null;

export const initial: OfflineState = null;

export function evolve(_state: OfflineState, event: Recorded<PresenceEvent>): OfflineState {
  return event.type === 'AgentWentOffline' ? { since: event.data.lastSeenAt, position: event.position } : null;
}

export type TakeOffOffline = ToDo & { readonly name: 'take-off' };

/** Of the two minutes that ASG-3 gives, what is left for finding and changing the conversations. Milliseconds. */
const patience = 105_000;

/** Back in time, the to-do is gone. */
export function react(state: OfflineState): readonly TakeOffOffline[] {
  if (state === null) return [];
  const due = new Date(Date.parse(state.since) + patience).toISOString();
  return [{ id: `take off ${state.position}`, name: 'take-off', due }];
}
