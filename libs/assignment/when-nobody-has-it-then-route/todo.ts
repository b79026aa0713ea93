import type { ConversationEvent } from '#conversations/conversation';
import type { Position, Recorded, ToDo } from '#event-sourcing';

export type RoutedEvent = Extract<
  ConversationEvent,
  { type: 'ConversationOpened' | 'ConversationUnassigned' | 'ConversationAssigned' | 'ConversationClosed' }
>;

interface Wanted {
  /** Of the event that asks for routing. */
  readonly position: Position;
  readonly after: 'opening' | 'unassignment';
  /** Whom it was taken off: their place is free; `null`: nobody. */
  readonly left: string | null;
}

/** `null`: somebody has it, or it is over. */
export type RoutingState = Wanted | null;

export const initial: RoutingState = null;

/** ASG-7: when it opens, and when it is taken off somebody, which a change to a channel that they lack does, too. */
export function keyOf({ type, data }: Recorded<RoutedEvent>): string | undefined {
  return type === 'ConversationOpened' && !data.toRoute ? undefined : data.conversationId;
}

export function evolve(_state: RoutingState, { type, data, position }: Recorded<RoutedEvent>): RoutingState {
  switch (type) {
    case 'ConversationOpened':
      return { position, after: 'opening', left: null };
    case 'ConversationUnassigned':
      return { position, after: 'unassignment', left: data.userId ?? null };
    case 'ConversationAssigned':
      return null;
    case 'ConversationClosed':
      return null;
  }
}

export type RouteIt = ToDo & Wanted & { readonly name: 'route' };

export function react(state: RoutingState): readonly RouteIt[] {
  return state === null ? [] : [{ id: `route ${state.position}`, name: 'route', ...state }];
}
