import type { CommandHeader, CommandRunner, Position } from '#event-sourcing';
import { teamDecider } from './decide.js';
import { teamStream } from './events.js';

/** ASG-7: whose turn it is, of those who can be given the conversation; `undefined`: none of them is a member. */
export async function giveTurn(
  runner: CommandRunner,
  header: CommandHeader,
  turn: { readonly teamId: string; readonly conversationId: string; readonly candidates: readonly string[] },
): Promise<{ readonly userId: string; readonly position: Position } | undefined> {
  const { teamId, conversationId, candidates } = turn;
  const stream = teamStream(teamId);
  const result = await runner.run(teamDecider, stream, { ...header, type: 'GiveTurn', conversationId, candidates });
  if (!result.accepted) return undefined;
  const given = result.events.find((event) => event.type === 'TurnGiven');
  if (given) return { userId: given.data.userId, position: result.position };
  const { state } = await runner.load(teamDecider, stream, { fresh: false });
  const standing = state?.lastTurn;
  const stands = standing?.conversationId === conversationId && candidates.includes(standing.userId);
  return stands ? { userId: standing.userId, position: result.position } : undefined;
}
