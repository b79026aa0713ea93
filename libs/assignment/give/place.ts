import { accessDirectory, freePlace, receiverOf, reservePlace, takePlace } from '#access/user';
import type { Target, UserRefusal } from '#access/user';
import { conversationAtHand, routeConversation } from '#conversations/conversation';
import type { CommandHeader, Position, WorkflowPorts } from '#event-sourcing';

export type RoutingPorts = Pick<WorkflowPorts, 'runner' | 'views' | 'ids'>;

/** A conversation that nobody has, and how it came to that. */
export interface Unowned {
  readonly conversationId: string;
  readonly after: 'opening' | 'unassignment';
}

export interface Terms {
  readonly limit: number | null;
  /** Of the team that the user is picked in. */
  readonly teamId?: string;
  /** So many open conversations at most, or somebody else is less busy. */
  readonly atMost?: number | null;
}

/** What became of giving it to one user: settled (somebody has it, or it is over), or why they cannot have it. */
export type Outcome = { readonly settled: Position } | { readonly refused: UserRefusal | 'unfit' };

/**
 * ASG-7: a place first, then the conversation. Interrupted between the two, the same commands are sent again; when the
 * conversation does not become theirs, the place is given back.
 */
export async function giveToUser(
  { runner, views, ids }: RoutingPorts,
  header: CommandHeader,
  { conversationId, after }: Unowned,
  userId: string,
  { limit, teamId, atMost = null }: Terms,
): Promise<Outcome> {
  const step = stepOf(ids, header);
  const place = { userId, conversationId };
  const onlyOnline = teamId !== undefined;
  const reserved = await reservePlace(runner, step('reserve', userId), { ...place, limit, atMost, onlyOnline });
  if (!reserved.accepted) return { refused: reserved.refusal };
  const to = receiverOf(views.read(accessDirectory), { userId });
  const pickedIn = teamId !== undefined && { pickedIn: teamId };
  const given = await routeConversation(runner, step('route', userId), { conversationId, to, after, ...pickedIn });
  if (typeof given === 'object') {
    // Whoever freed it meanwhile knew of an earlier owner only.
    await takePlace(runner, step('take', userId), place);
    return { settled: given.given };
  }
  // Asked twice at the same time, the rules may have found the same one twice: then the place is in use.
  const found = given === 'taken' ? await conversationAtHand(runner, conversationId) : undefined;
  if (found?.assignee.userId === userId) return { settled: 0 };
  const freed = await freePlace(runner, step('give-back', userId), place);
  if (given === 'unfit') return { refused: 'unfit' };
  return { settled: freed.accepted ? freed.position : 0 };
}

/** To a team as a whole, which has no limit. */
export async function giveToTeam(
  { runner, views, ids }: RoutingPorts,
  header: CommandHeader,
  { conversationId, after }: Unowned,
  target: Extract<Target, { readonly teamId: string }>,
): Promise<Position> {
  const to = receiverOf(views.read(accessDirectory), target);
  const step = stepOf(ids, header);
  const given = await routeConversation(runner, step('route', target.teamId), { conversationId, to, after });
  return typeof given === 'object' ? given.given : 0;
}

/** A command of its own for each stream and each attempt. */
export function stepOf(ids: RoutingPorts['ids'], header: CommandHeader) {
  return (...name: readonly string[]): CommandHeader => {
    const commandId = ids.derivedUuid('routing', header.commandId, ...name);
    return { ...header, commandId, commandHash: commandId, causationId: header.commandId };
  };
}
