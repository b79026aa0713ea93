import type { CommandHeader, CommandResult, CommandRunner } from '#event-sourcing';
import type { ReservePlace } from './commands.js';
import { userDecider } from './decide.js';
import { userStream } from './events.js';
import type { UserEvent } from './events.js';
import type { UserRefusal } from './refusals.js';

type Result = CommandResult<UserEvent, UserRefusal>;

interface Place {
  readonly userId: string;
  readonly conversationId: string;
}

/** ASG-7: keeps a place for what routing is about to give the user, or says why there is none. */
export function reservePlace(
  runner: CommandRunner,
  header: CommandHeader,
  { userId, ...wanted }: Place & Pick<ReservePlace, 'limit' | 'atMost' | 'onlyOnline'>,
): Promise<Result> {
  return runner.run(userDecider, userStream(userId), { ...header, type: 'ReservePlace', ...wanted });
}

/** Counts a conversation that the user has. */
export function takePlace(
  runner: CommandRunner,
  header: CommandHeader,
  { userId, conversationId }: Place,
): Promise<Result> {
  return runner.run(userDecider, userStream(userId), { ...header, type: 'TakePlace', conversationId });
}

/** Counts a conversation no more; nothing happens when it was not counted. */
export function freePlace(
  runner: CommandRunner,
  header: CommandHeader,
  { userId, conversationId }: Place,
): Promise<Result> {
  return runner.run(userDecider, userStream(userId), { ...header, type: 'FreePlace', conversationId });
}
