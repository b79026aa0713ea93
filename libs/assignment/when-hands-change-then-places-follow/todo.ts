import type { UserEvent } from '#access/user';
import type { ConversationEvent } from '#conversations/conversation';
import type { ContactDeleted } from '#deletion-audit/audit';
import type { Position, Recorded, ToDo } from '#event-sourcing';

export type HandsEvent =
  | Extract<ConversationEvent, { type: 'ConversationAssigned' | 'ConversationClosed' }>
  | Extract<UserEvent, { type: 'PlaceTaken' | 'PlaceFreed' }>
  | ContactDeleted;

/** The instance of an erased contact: its conversations end without an event of their own. */
const erased = 'erased ';

export const contactOfKey = (key: string): string | undefined =>
  key.startsWith(erased) ? key.slice(erased.length) : undefined;

/** What routing gives away itself has its place already. What is taken off somebody, routing sees to. */
export function keyOf({ type, data }: Recorded<HandsEvent>): string | readonly string[] | undefined {
  if (type === 'ContactDeleted') return data.contactIds.map((contactId) => `${erased}${contactId}`);
  return type === 'ConversationAssigned' && data.cause === 'routing' ? undefined : data.conversationId;
}

/** `null`: the places are as the conversation is. */
export type PlacesState = { readonly held: boolean; readonly position: Position } | null;

export const initial: PlacesState = null;

export function evolve(state: PlacesState, { type, position }: Recorded<HandsEvent>): PlacesState {
  switch (type) {
    case 'ConversationAssigned':
      return { held: true, position };
    case 'ConversationClosed':
    case 'ContactDeleted':
      return { held: false, position };
    case 'PlaceTaken':
      return state?.held === true ? null : state;
    case 'PlaceFreed':
      return state?.held === false ? null : state;
  }
}

export type SettlePlaces = ToDo & { readonly name: 'settle'; readonly position: Position };

export function react(state: PlacesState): readonly SettlePlaces[] {
  if (state === null) return [];
  const { position } = state;
  return [{ id: `settle ${position}`, name: 'settle', position }];
}
