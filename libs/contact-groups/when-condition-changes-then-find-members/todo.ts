import type { Position, Recorded, ToDo } from '#event-sourcing';
import type { ComputationEvent } from '../computation/index.js';
import type { GroupsEvent } from '../groups/index.js';

export type FindMembersEvent = GroupsEvent | ComputationEvent;

/** One instance per group. */
export interface Search {
  /** Whose members are to be found; `null`: none, all are. */
  readonly version: number | null;
  /** The last contact looked at. */
  readonly after: string | null;
  readonly checked: number;
  /** What is found later has to be looked for in models that have seen this. */
  readonly since: Position;
}

export interface LookFurther extends ToDo, Omit<Search, 'version'> {
  readonly version: number;
}

export const initial: Search = { version: null, after: null, checked: 0, since: 0 };

export function evolve(search: Search, event: Recorded<FindMembersEvent>): Search {
  switch (event.type) {
    case 'ContactGroupDefined':
    case 'ContactGroupConditionChanged':
    case 'ContactGroupCircumstancesChanged':
      return { version: event.data.version, after: null, checked: 0, since: event.position };
    case 'ContactGroupMembersFound': {
      const { version, upTo, checked } = event.data;
      return version === search.version ? { version, after: upTo, checked, since: event.position } : search;
    }
    case 'ContactGroupTookEffect':
      return event.data.version === search.version ? initial : search;
    case 'ContactGroupArchived':
      return initial;
    case 'ContactGroupRenamed':
      return search;
  }
}

export function react({ version, after, checked, since }: Search): readonly LookFurther[] {
  if (version === null) return [];
  return [{ id: `${version} after ${after ?? 'nobody'}`, name: 'look further', version, after, checked, since }];
}
