import type { ProfileEvent } from '#contacts/contact-profile';
import type { ProjectionStep, SideDefinition } from '#event-sourcing';
import type { ComputationEvent } from '../computation/index.js';
import type { GroupsEvent, GroupTerms } from '../groups/index.js';
import type { AskedGroups } from './document.js';

export type MembersEvent = ProfileEvent | GroupsEvent | ComputationEvent;

/** Id of the only side document. */
export const askedGroups = 'groups';

const none: AskedGroups = { groups: [] };

/** The one in force, the one before it, the one being computed. */
const mostVersions = 3;

function step<E extends GroupsEvent>(
  change: (versions: readonly GroupTerms[], data: E['data']) => readonly GroupTerms[],
): ProjectionStep<AskedGroups, E, never> {
  return {
    key: () => askedGroups,
    project({ groups } = none, { data }) {
      const { groupId } = data;
      const versions = change(groups.find((group) => group.groupId === groupId)?.versions ?? [], data);
      const others = groups.filter((group) => group.groupId !== groupId);
      return { groups: versions.length === 0 ? others : [...others, { groupId, versions }] };
    },
  };
}

/** The model's own copy of the conditions, folded from the same events (decision 9). */
export const askedGroupsSide: SideDefinition<AskedGroups, MembersEvent> = {
  owners: () => [],
  load: () => [askedGroups],
  on: {
    ContactGroupDefined: step((_versions, { version, condition, day, vipEnabled }) => [
      { version, condition, day, vipEnabled },
    ]),
    ContactGroupConditionChanged: step((versions, { version, condition, day, vipEnabled }) =>
      [...versions, { version, condition, day, vipEnabled }].slice(-mostVersions),
    ),
    ContactGroupCircumstancesChanged: step((versions, { version, day, vipEnabled }) => {
      const newest = versions.at(-1);
      return newest ? [...versions, { ...newest, version, day, vipEnabled }].slice(-mostVersions) : versions;
    }),
    ContactGroupArchived: step(() => []),
  },
};
