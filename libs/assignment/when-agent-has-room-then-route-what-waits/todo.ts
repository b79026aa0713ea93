import type { UserEvent } from '#access/user';
import type { Position, Recorded, ToDo } from '#event-sourcing';

export type RoomEvent = Extract<UserEvent, { type: 'AgentCameOnline' | 'AgentWentOffline' | 'PlaceFreed' }>;

/** Since when they may have room; `null`: they are not there. */
export type RoomState = { readonly position: Position } | null;

export const initial: RoomState = null;

/** Several places that become free before anybody has looked are one look. */
export function evolve(_state: RoomState, { type, position }: Recorded<RoomEvent>): RoomState {
  return type === 'AgentWentOffline' ? null : { position };
}

export type RouteWhatWaits = ToDo & { readonly name: 'route-what-waits'; readonly position: Position };

export function react(state: RoomState): readonly RouteWhatWaits[] {
  if (state === null) return [];
  const { position } = state;
  return [{ id: `route what waits ${position}`, name: 'route-what-waits', position }];
}
