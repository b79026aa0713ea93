import type { ContactEvent } from '#contacts/contact';
import type { Actor, Recorded, ToDo } from '#event-sourcing';

export type MergeEvent = Extract<
  ContactEvent,
  { readonly type: 'ContactHandedOver' | 'ContactGivenBack' | 'MergeUndone' }
>;

interface OfMerge {
  readonly mergeId: string;
  readonly primaryId: string;
  readonly secondaryId: string;
  /** Who merged, or undid it. */
  readonly actor: Actor;
}

/** How far a merge is. */
export type MergeState =
  | { readonly phase: 'none' }
  | ({ readonly phase: 'begun' } & OfMerge)
  /** Its undoing is in force. */
  | ({ readonly phase: 'undone' } & OfMerge);

export const initial: MergeState = { phase: 'none' };

/** A secondary that was given back without an undoing never went: then nothing is left to do. */
export function evolve(state: MergeState, event: Recorded<MergeEvent>): MergeState {
  const { actor } = event.metadata;
  switch (event.type) {
    case 'ContactHandedOver': {
      const { mergeId, primaryId, contactId: secondaryId } = event.data;
      return { phase: 'begun', mergeId, primaryId, secondaryId, actor };
    }
    case 'MergeUndone': {
      const { mergeId, contactId: primaryId, secondaryId } = event.data;
      return { phase: 'undone', mergeId, primaryId, secondaryId, actor };
    }
    case 'ContactGivenBack':
      return state.phase === 'begun' ? initial : state;
  }
}

export interface MergeStep extends ToDo {
  readonly name: 'finish-merge' | 'finish-undoing';
  readonly merge: OfMerge;
}

export function react(state: MergeState): readonly MergeStep[] {
  if (state.phase === 'none') return [];
  const { phase, ...merge } = state;
  const name = phase === 'begun' ? 'finish-merge' : 'finish-undoing';
  return [{ id: name, name, merge }];
}
