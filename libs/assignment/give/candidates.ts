import { assigneeAccessOf } from '#access/user';
import type { AccessDirectory } from '#access/user';

/** One who can be picked, and how many open conversations they have as far as this process knows. */
export interface Candidate {
  readonly userId: string;
  readonly open: number;
}

/**
 * ASG-7: the members of the team who are online, have access to the channel, and have a place free, in the order in
 * which they came. A hint: their own streams have the last word.
 */
export function candidatesIn(
  directory: AccessDirectory,
  { teamId, channelId, limit }: { readonly teamId: string; readonly channelId: string; readonly limit: number | null },
): readonly Candidate[] {
  const team = directory.teams.get(teamId);
  if (!team || team.archived) return [];
  return [...team.members].flatMap((userId) => {
    const user = directory.users.get(userId);
    const access = assigneeAccessOf(directory, userId);
    const fits =
      user?.presence === 'online' &&
      (access === 'all' || access?.has(channelId) === true) &&
      (limit === null || user.places.size < limit);
    return fits ? [{ userId, open: user.places.size }] : [];
  });
}

/** Who has the fewest open conversations; the first of several. */
export function leastBusy(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>(
    (least, candidate) => (least && least.open <= candidate.open ? least : candidate),
    undefined,
  );
}
