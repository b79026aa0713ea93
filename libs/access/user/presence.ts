import type { CommandHeader, CommandResult, CommandRunner, RunOptions } from '#event-sourcing';
import { userDecider } from './decide.js';
import { userStream } from './events.js';
import type { UserEvent } from './events.js';
import type { UserRefusal } from './refusals.js';

type Result = CommandResult<UserEvent, UserRefusal>;

/** ASG-5: the user says where they are. */
export function setPresence(
  runner: CommandRunner,
  { header, options }: { readonly header: CommandHeader; readonly options: RunOptions },
  { userId, presence }: { readonly userId: string; readonly presence: 'online' | 'away' | 'offline' },
): Promise<Result> {
  return runner.run(userDecider, userStream(userId), { ...header, type: 'SetPresence', presence }, options);
}

/** ASG-3: brings back who was taken for offline. */
export function showLife(runner: CommandRunner, header: CommandHeader, userId: string): Promise<Result> {
  return runner.run(userDecider, userStream(userId), { ...header, type: 'ShowLife' });
}

/** ASG-3: nobody has heard of the user since `lastSeenAt`. */
export function takeForOffline(
  runner: CommandRunner,
  header: CommandHeader,
  { userId, lastSeenAt }: { readonly userId: string; readonly lastSeenAt: string },
): Promise<Result> {
  return runner.run(userDecider, userStream(userId), { ...header, type: 'TakeForOffline', lastSeenAt });
}
