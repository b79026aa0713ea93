import type { Decider } from '#event-sourcing';
import { asksFor, readCondition } from '../condition/index.js';
import type { Circumstances, Condition } from '../condition/index.js';
import type { ArchiveGroup, ChangeGroup, DefineGroup, FollowCircumstances, GroupsCommand } from './commands.js';
import type { GroupsEvent } from './events.js';
import type { GroupsRefusal } from './refusals.js';
import { evolve, initial, newestTerms } from './state.js';
import type { ContactGroup, Groups } from './state.js';
import { vipGroupId } from './vip.js';

type Decision = readonly GroupsEvent[] | GroupsRefusal;

/** The groups that admins make; VIP is none of them (CON-7, ATT-6). */
export const groupsDecider: Decider<GroupsCommand, GroupsEvent, Groups, GroupsRefusal> = { initial, evolve, decide };

function decide(command: GroupsCommand, groups: Groups): Decision {
  if (command.groupId === vipGroupId) return { code: 'built-in-group' };
  if (command.type === 'DefineGroup') return define(command, groups);
  const group = groups.get(command.groupId);
  if (!group) return { code: 'not-found' };
  switch (command.type) {
    case 'ChangeGroup':
      return group.archived ? { code: 'not-found' } : change(command, group, groups);
    case 'ArchiveGroup':
      return archive(command, group);
    case 'FollowCircumstances':
      return group.archived ? [] : follow(command, group);
    case 'PutIntoEffect': {
      const { groupId, version } = command;
      if (group.computing?.version !== version) return [];
      return [{ type: 'ContactGroupTookEffect', data: { groupId, version } }];
    }
  }
}

function define(command: DefineGroup, groups: Groups): Decision {
  const { groupId, name, circumstances } = command;
  if (groups.has(groupId)) return [];
  if (isTaken(name, groupId, groups)) return { code: 'group-name-taken', name };
  const read = readCondition(command.condition, command.terms);
  if (!read.ok) return { code: 'condition-misfit', pointer: read.pointer, reason: read.reason };
  const { condition } = read;
  return [{ type: 'ContactGroupDefined', data: { groupId, name, version: 1, condition, ...circumstances } }];
}

function change(command: ChangeGroup, group: ContactGroup, groups: Groups): Decision {
  const { groupId, name, circumstances } = command;
  const events: GroupsEvent[] = [];
  if (name !== undefined && name !== group.name) {
    if (isTaken(name, groupId, groups)) return { code: 'group-name-taken', name };
    events.push({ type: 'ContactGroupRenamed', data: { groupId, name } });
  }
  if (command.condition === undefined) return events;
  const read = readCondition(command.condition, command.terms);
  if (!read.ok) return { code: 'condition-misfit', pointer: read.pointer, reason: read.reason };
  const { version, condition: before } = newestTerms(group);
  if (isSame(read.condition, before)) return events;
  const terms = { version: version + 1, condition: read.condition, ...circumstances };
  return [...events, { type: 'ContactGroupConditionChanged', data: { groupId, ...terms } }];
}

function archive({ groupId }: ArchiveGroup, group: ContactGroup): Decision {
  return group.archived ? [] : [{ type: 'ContactGroupArchived', data: { groupId } }];
}

/** Only a condition that asks for the day, or for VIP, can mean others. */
function follow({ groupId, circumstances }: FollowCircumstances, group: ContactGroup): Decision {
  const { version, condition, ...before } = newestTerms(group);
  if (!concerns(condition, before, circumstances)) return [];
  const data = { groupId, version: version + 1, ...circumstances };
  return [{ type: 'ContactGroupCircumstancesChanged', data }];
}

function concerns(condition: Condition, before: Circumstances, now: Circumstances): boolean {
  const asked = asksFor(condition);
  return (asked.day && before.day !== now.day) || (asked.vip && before.vipEnabled !== now.vipEnabled);
}

function isTaken(name: string, groupId: string, groups: Groups): boolean {
  const folded = name.trim().toLowerCase();
  if (folded === 'vip') return true;
  return [...groups].some(([id, one]) => id !== groupId && !one.archived && one.name.trim().toLowerCase() === folded);
}

/** Both were read from JSON in one way of writing, so their members stand in the same order. */
const isSame = (one: Condition, other: Condition): boolean => JSON.stringify(one) === JSON.stringify(other);
