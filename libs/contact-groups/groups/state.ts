import type { GroupsEvent, GroupTerms } from './events.js';

export interface ContactGroup {
  readonly name: string;
  readonly archived: boolean;
  /** By which the group answers. A new group answers at once; its members appear as they are found. */
  readonly effective: GroupTerms;
  /** Whose members are being found; `undefined`: all are. */
  readonly computing: GroupTerms | undefined;
}

/** By id, in the order in which they were defined. */
export type Groups = ReadonlyMap<string, ContactGroup>;

export const initial: Groups = new Map();

/** The newest terms, in force or not yet. */
export const newestTerms = ({ effective, computing }: ContactGroup): GroupTerms => computing ?? effective;

export function evolve(groups: Groups, event: GroupsEvent): Groups {
  const { groupId } = event.data;
  if (event.type === 'ContactGroupDefined') {
    const { name, condition, version, day, vipEnabled } = event.data;
    const terms = { version, condition, day, vipEnabled };
    return new Map(groups).set(groupId, { name, archived: false, effective: terms, computing: terms });
  }
  const group = groups.get(groupId);
  return group ? new Map(groups).set(groupId, { ...group, ...changed(group, event) }) : groups;
}

function changed(
  group: ContactGroup,
  event: Exclude<GroupsEvent, { type: 'ContactGroupDefined' }>,
): Partial<ContactGroup> {
  switch (event.type) {
    case 'ContactGroupRenamed':
      return { name: event.data.name };
    case 'ContactGroupConditionChanged': {
      const { version, condition, day, vipEnabled } = event.data;
      return { computing: { version, condition, day, vipEnabled } };
    }
    case 'ContactGroupCircumstancesChanged': {
      const { version, day, vipEnabled } = event.data;
      return { computing: { version, condition: newestTerms(group).condition, day, vipEnabled } };
    }
    case 'ContactGroupTookEffect':
      return group.computing?.version === event.data.version
        ? { effective: group.computing, computing: undefined }
        : {};
    case 'ContactGroupArchived':
      return { archived: true, computing: undefined };
  }
}
