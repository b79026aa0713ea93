import type { Decider } from '#event-sourcing';
import type { GiveTurn, ReplaceTeamChannels, ReplaceTeamMembers, TeamCommand } from './commands.js';
import type { TeamEvent } from './events.js';
import type { TeamRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { Team, TeamState } from './state.js';

type Decision = readonly TeamEvent[] | TeamRefusal;

/** Who belongs to a team, and which channels its members have access to (ASG-6). */
export const teamDecider: Decider<TeamCommand, TeamEvent, TeamState, TeamRefusal> = { initial, evolve, decide };

function decide(command: TeamCommand, team: TeamState): Decision {
  if (command.type === 'CreateTeam') {
    const { teamId, name } = command;
    return team ? [] : [{ type: 'TeamCreated', data: { teamId, name } }];
  }
  if (!team) return { code: 'not-found' };
  const { teamId } = team;
  if (command.type === 'ArchiveTeam') return team.archived ? [] : [{ type: 'TeamArchived', data: { teamId } }];
  if (team.archived) return { code: 'team-archived' };
  switch (command.type) {
    case 'RenameTeam':
      return command.name === team.name ? [] : [{ type: 'TeamRenamed', data: { teamId, name: command.name } }];
    case 'ReplaceTeamMembers':
      return replaceMembers(command, team);
    case 'ReplaceTeamChannels':
      return replaceChannels(command, team);
    case 'GiveTurn':
      return giveTurn(command, team);
  }
}

function replaceMembers({ userIds, knownUsers }: ReplaceTeamMembers, { teamId, members }: Team): Decision {
  const unknown = userIds.find((userId) => !knownUsers.has(userId));
  if (unknown !== undefined) return { code: 'unknown-user', userId: unknown };
  const { added, taken } = difference(members, new Set(userIds));
  return [
    ...added.map((userId) => ({ type: 'TeamMemberAdded', data: { teamId, userId } }) as const),
    ...taken.map((userId) => ({ type: 'TeamMemberRemoved', data: { teamId, userId } }) as const),
  ];
}

function replaceChannels({ channelIds, knownChannels }: ReplaceTeamChannels, { teamId, channels }: Team): Decision {
  const unknown = channelIds.find((channelId) => !knownChannels.has(channelId));
  if (unknown !== undefined) return { code: 'unknown-channel', channelId: unknown };
  const { added, taken } = difference(channels, new Set(channelIds));
  return [
    ...added.map((channelId) => ({ type: 'TeamChannelAccessGranted', data: { teamId, channelId } }) as const),
    ...taken.map((channelId) => ({ type: 'TeamChannelAccessRevoked', data: { teamId, channelId } }) as const),
  ];
}

/**
 * ASG-7: the first candidate behind the one whose turn it was last, in the order in which the members came. Who has the
 * turn for this conversation keeps it.
 */
function giveTurn({ conversationId, candidates }: GiveTurn, { teamId, members, lastTurn }: Team): Decision {
  if (lastTurn?.conversationId === conversationId && candidates.includes(lastTurn.userId)) return [];
  const row = [...members];
  const after = lastTurn === null ? 0 : row.indexOf(lastTurn.userId) + 1;
  const userId = [...row.slice(after), ...row.slice(0, after)].find((id) => candidates.includes(id));
  return userId === undefined ? [] : [{ type: 'TurnGiven', data: { teamId, userId, conversationId } }];
}

function difference(
  before: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): { readonly added: readonly string[]; readonly taken: readonly string[] } {
  return { added: [...wanted].filter((id) => !before.has(id)), taken: [...before].filter((id) => !wanted.has(id)) };
}
