import { vipEnabled } from '#attributes/attributes';
import { readPage } from '#event-sourcing';
import type { Page, PageWanted, ReadModels } from '#event-sourcing';
import { vipGroupId } from '../groups/index.js';
import type { GroupConfiguration } from '../groups/index.js';
import { groupMembersModel, membershipOf } from './document.js';
import type { GroupMemberDocument } from './document.js';

/** What a document says of who is in the group; `undefined`: nobody is. */
export function membershipIn(groupId: string, { groups, catalogue }: GroupConfiguration): string | undefined {
  if (groupId === vipGroupId) return vipEnabled(catalogue) ? vipGroupId : undefined;
  const group = groups.get(groupId);
  return group && !group.archived ? membershipOf(groupId, group.effective.version) : undefined;
}

/** Ids of the members, in their order. */
export async function groupMembers(
  models: ReadModels,
  configuration: GroupConfiguration,
  groupId: string,
  wanted: PageWanted,
): Promise<Page<{ readonly contactId: string }>> {
  const memberships = membershipIn(groupId, configuration);
  if (memberships === undefined) return { items: [] };
  const page = await readPage<GroupMemberDocument>(
    models,
    groupMembersModel,
    { where: { memberships }, sort: {} },
    wanted,
  );
  return { ...page, items: page.items.map(({ _id }) => ({ contactId: _id })) };
}

/** How many members the group has, by the condition in force. */
export async function groupSize(
  models: ReadModels,
  configuration: GroupConfiguration,
  groupId: string,
): Promise<number> {
  const memberships = membershipIn(groupId, configuration);
  return memberships === undefined ? 0 : models.count(groupMembersModel, { memberships });
}

/** How many contacts there are to look at. */
export function contactCount(models: ReadModels): Promise<number> {
  return models.count(groupMembersModel, {});
}
