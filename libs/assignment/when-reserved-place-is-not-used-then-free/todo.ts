import type { UserEvent } from '#access/user';
import type { ConversationEvent } from '#conversations/conversation';
import type { Position, Recorded, ToDo } from '#event-sourcing';

export type ReservedEvent =
  | Extract<UserEvent, { type: 'PlaceReserved' | 'PlaceTaken' | 'PlaceFreed' }>
  | Extract<ConversationEvent, { type: 'ConversationAssigned' }>;

/** One place: a user's, for a conversation. An id of a conversation has no space in it. */
export function keyOf({ data }: Recorded<ReservedEvent>): string | undefined {
  return data.userId === undefined ? undefined : `${data.conversationId} ${data.userId}`;
}

export function placeOfKey(key: string): { readonly conversationId: string; readonly userId: string } {
  const space = key.indexOf(' ');
  return { conversationId: key.slice(0, space), userId: key.slice(space + 1) };
}

/** Since when it is reserved; `null`: it is in use, or free. */
export type ReservedState = { readonly position: Position; readonly at: string } | null;

export const initial: ReservedState = null;

export function evolve(_state: ReservedState, { type, position, metadata }: Recorded<ReservedEvent>): ReservedState {
  return type === 'PlaceReserved' ? { position, at: metadata.at } : null;
}

export type FreeIt = ToDo & { readonly name: 'free'; readonly due: string };

/** Routing assigns, or gives the place back, within milliseconds: whoever has not by then was interrupted. */
const patienceMs = 30_000;

export function react(state: ReservedState): readonly FreeIt[] {
  if (state === null) return [];
  const due = new Date(Date.parse(state.at) + patienceMs).toISOString();
  return [{ id: `free ${state.position}`, name: 'free', due }];
}
