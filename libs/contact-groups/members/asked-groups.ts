import type { ProfileEvent } from '#contacts/contact-profile';
import type { RecordedEvent } from '#event-sourcing';
import type { ComputationEvent } from '../computation/index.js';
import type { GroupsEvent, GroupTerms } from '../groups/index.js';
import type { AskedGroups } from './document.js';

export type MembersEvent = ProfileEvent | GroupsEvent | ComputationEvent;

/** Id of the only side document. */
export const askedGroups = 'groups';

const none: AskedGroups = { groups: [] };

/** The one in force, the one before it, the one being computed. */
const mostVersions = 3;

/** Of a side document that is among others of another kind: they never have its id. */
interface AskedGroupsStep<E extends GroupsEvent> {
  readonly key: () => string;
  readonly project: (document: object | undefined, event: RecordedEvent<E>) => AskedGroups;
}

function step<E extends GroupsEvent>(
  change: (versions: readonly GroupTerms[], data: E['data']) => readonly GroupTerms[],
): AskedGroupsStep<E> {
  return {
    key: () => askedGroups,
    project(document, { data }) {
      const { groups } = isAsked(document) ? document : none;
      const { groupId } = data;
      const versions = change(groups.find((group) => group.groupId === groupId)?.versions ?? [], data);
      const others = groups.filter((group) => group.groupId !== groupId);
      return { groups: versions.length === 0 ? others : [...others, { groupId, versions }] };
    },
  };
}

const isAsked = (document: object | undefined): document is AskedGroups =>
  document !== undefined && 'groups' in document;

/** What the groups' events do to the copy of the conditions that a model keeps (decision 9). */
export const askedGroupsSteps = {
  ContactGroupDefined: step<Extract<GroupsEvent, { type: 'ContactGroupDefined' }>>(
    (_versions, { version, condition, day, vipEnabled }) => [{ version, condition, day, vipEnabled }],
  ),
  ContactGroupConditionChanged: step<Extract<GroupsEvent, { type: 'ContactGroupConditionChanged' }>>(
    (versions, { version, condition, day, vipEnabled }) =>
      [...versions, { version, condition, day, vipEnabled }].slice(-mostVersions),
  ),
  ContactGroupCircumstancesChanged: step<Extract<GroupsEvent, { type: 'ContactGroupCircumstancesChanged' }>>(
    (versions, { version, day, vipEnabled }) => {
      const newest = versions.at(-1);
      return newest ? [...versions, { ...newest, version, day, vipEnabled }].slice(-mostVersions) : versions;
    },
  ),
  ContactGroupArchived: step<Extract<GroupsEvent, { type: 'ContactGroupArchived' }>>(() => []),
};
