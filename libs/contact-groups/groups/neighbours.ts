import type { CommandHeader, CommandResult, CommandRunner } from '#event-sourcing';
import type { Circumstances } from '../condition/index.js';
import { groupsDecider } from './decide.js';
import { groupsStream } from './events.js';
import type { GroupsEvent } from './events.js';
import type { GroupsRefusal } from './refusals.js';

type Result = CommandResult<GroupsEvent, GroupsRefusal>;

/** The day has begun, or VIP was switched: nothing happens when the group's condition does not ask for that. */
export function followCircumstances(
  runner: CommandRunner,
  header: CommandHeader,
  change: { readonly groupId: string; readonly circumstances: Circumstances },
): Promise<Result> {
  return runner.run(groupsDecider, groupsStream, { ...header, type: 'FollowCircumstances', ...change });
}

/** All members by this version are found; nothing happens when a newer one is being computed. */
export function putIntoEffect(
  runner: CommandRunner,
  header: CommandHeader,
  found: { readonly groupId: string; readonly version: number },
): Promise<Result> {
  return runner.run(groupsDecider, groupsStream, { ...header, type: 'PutIntoEffect', ...found });
}
