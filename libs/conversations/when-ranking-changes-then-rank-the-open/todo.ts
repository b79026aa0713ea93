import type { AttributesEvent } from '#attributes/attributes';
import type { GroupsEvent } from '#contact-groups/groups';
import type { Position, Recorded, ToDo } from '#event-sourcing';
import type { SettingsEvent } from '#settings/settings';
import type { PriorityEvent } from '../priority/index.js';
import type { RankingEvent } from '../ranking/index.js';

export type RankTheOpenEvent =
  | PriorityEvent
  | RankingEvent
  | Extract<SettingsEvent, { type: 'WaitingWeightSet' }>
  | Extract<AttributesEvent, { type: 'AttributeEnabled' | 'AttributeDisabled' }>
  | Extract<GroupsEvent, { type: 'ContactGroupTookEffect' | 'ContactGroupArchived' }>;

/** There is one queue, and one instance. */
export const theQueue = 'queue';

/** `undefined`: no attribute but `vip` ranks anybody. */
export function keyOf({ type, data }: Recorded<RankTheOpenEvent>): string | undefined {
  const ofOther = (type === 'AttributeEnabled' || type === 'AttributeDisabled') && data.alias !== 'vip';
  return ofOther ? undefined : theQueue;
}

export interface RankingWork {
  /** Id of the event that changed the rules last; `null`: the order that answers goes by them. */
  readonly changed: string | null;
  /** Whether a part is still to be done, a model can say that has seen this. */
  readonly since: Position;
}

export interface RankFurther extends ToDo {
  readonly since: Position;
}

export const initial: RankingWork = { changed: null, since: 0 };

export function evolve({ changed }: RankingWork, event: Recorded<RankTheOpenEvent>): RankingWork {
  const since = event.position;
  switch (event.type) {
    case 'OpenConversationsRanked':
      return { changed, since };
    case 'QueueRankingTookEffect':
      return changed === event.data.version ? initial : { changed, since };
    default:
      return { changed: event.id, since };
  }
}

export function react({ changed, since }: RankingWork): readonly RankFurther[] {
  return changed === null ? [] : [{ id: `after ${since}`, name: 'rank further', since }];
}
