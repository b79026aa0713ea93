import type { ChannelEvent } from '#channels/channel';
import type { OutcomeEvent, Recorded, ToDo } from '#event-sourcing';

export const whenIdleThenClose = 'when-idle-then-close';

/** Between two looks at a channel. Milliseconds. */
const pause = 300_000;

export type IdleEvent =
  | Extract<ChannelEvent, { type: 'ChannelInactivityLimitSet' | 'ChannelInactivityLimitLifted' }>
  | Extract<OutcomeEvent, { type: 'WorkflowToDoSettled' }>;

/** How long nothing may happen on the channel, and when it is looked at next; `null`: any time. */
export type IdleState = { readonly after: string; readonly look: string } | null;

export const initial: IdleState = null;

export function keyOf(event: Recorded<IdleEvent>): string | undefined {
  if (event.type !== 'WorkflowToDoSettled') return event.data.channelId;
  return event.data.workflow === whenIdleThenClose ? event.data.key : undefined;
}

/** Each look that is over sets the time of the next. */
export function evolve(state: IdleState, event: Recorded<IdleEvent>): IdleState {
  const { at } = event.metadata;
  switch (event.type) {
    case 'ChannelInactivityLimitSet':
      return { after: event.data.after, look: at };
    case 'ChannelInactivityLimitLifted':
      return null;
    case 'WorkflowToDoSettled':
      return state && { ...state, look: new Date(Date.parse(at) + pause).toISOString() };
  }
}

export interface Look extends ToDo {
  readonly name: 'look';
  readonly after: string;
  readonly due: string;
}

export function react(state: IdleState): readonly Look[] {
  return state ? [{ id: `look ${state.look}`, name: 'look', after: state.after, due: state.look }] : [];
}
