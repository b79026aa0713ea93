import { giveTurn } from '#access/team';
import { accessDirectory } from '#access/user';
import type { CommandHeader, Position } from '#event-sourcing';
import { candidatesIn, leastBusy } from './candidates.js';
import type { Candidate } from './candidates.js';
import { giveToUser, stepOf } from './place.js';
import type { Outcome, RoutingPorts, Unowned } from './place.js';

export interface PickFrom {
  readonly teamId: string;
  /** The current channel. */
  readonly channelId: string;
  readonly limit: number | null;
}

/** ASG-7: to the one whose turn it is; who turns out to be full or gone is passed by. 0: there is nobody. */
export async function giveInTurn(
  ports: RoutingPorts,
  header: CommandHeader,
  unowned: Unowned,
  from: PickFrom,
): Promise<Position> {
  const { runner, ids, views } = ports;
  const { conversationId } = unowned;
  const { teamId, limit } = from;
  let candidates = candidatesIn(views.read(accessDirectory), from).map(({ userId }) => userId);
  for (let attempt = 0; candidates.length > 0; attempt++) {
    const step = stepOf(ids, header)('turn', teamId, String(attempt));
    const turn = await giveTurn(runner, step, { teamId, conversationId, candidates });
    if (!turn) return 0;
    const outcome = await giveToUser(ports, header, unowned, turn.userId, { limit, teamId });
    if ('settled' in outcome) return outcome.settled;
    candidates = candidates.filter((userId) => userId !== turn.userId);
  }
  return 0;
}

/**
 * ASG-7: to the one with the fewest open conversations. Whose number has grown meanwhile says so, and the choice is made
 * anew: of many conversations that open at once none goes by what was true before the others. 0: there is nobody.
 */
export async function giveToLeastBusy(
  ports: RoutingPorts,
  header: CommandHeader,
  unowned: Unowned,
  from: PickFrom,
): Promise<Position> {
  const { teamId, limit } = from;
  let candidates = candidatesIn(ports.views.read(accessDirectory), from);
  for (let chosen = leastBusy(candidates); chosen; chosen = leastBusy(candidates)) {
    const { userId, open } = chosen;
    const outcome = await giveToUser(ports, header, unowned, userId, { limit, teamId, atMost: open });
    if ('settled' in outcome) return outcome.settled;
    candidates = candidates.flatMap((candidate) =>
      candidate.userId === userId ? known(candidate, outcome) : [candidate],
    );
  }
  return 0;
}

/** Still a candidate, with the number that they said; or not any more. */
function known({ userId }: Candidate, { refused }: Extract<Outcome, { refused: unknown }>): readonly Candidate[] {
  return refused !== 'unfit' && refused.code === 'busier-than-known' ? [{ userId, open: refused.open }] : [];
}
