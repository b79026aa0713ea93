import type { TeamEvent } from './events.js';

export interface Team {
  readonly teamId: string;
  readonly name: string;
  readonly archived: boolean;
  /** Ids of users, in the order in which they were added. */
  readonly members: ReadonlySet<string>;
  readonly channels: ReadonlySet<string>;
  /** Whose turn it was last, and for what; `null`: nobody's yet. */
  readonly lastTurn: { readonly userId: string; readonly conversationId: string } | null;
}

/** `undefined`: never created. */
export type TeamState = Team | undefined;

export const initial: TeamState = undefined;

export function evolve(team: TeamState, event: TeamEvent): TeamState {
  if (event.type === 'TeamCreated') {
    return team ?? { ...event.data, archived: false, members: new Set(), channels: new Set(), lastTurn: null };
  }
  if (!team) return undefined;
  switch (event.type) {
    case 'TeamRenamed':
      return { ...team, name: event.data.name };
    case 'TeamArchived':
      return { ...team, archived: true };
    case 'TeamMemberAdded':
      return { ...team, members: new Set([...team.members, event.data.userId]) };
    case 'TeamMemberRemoved':
      return { ...team, members: new Set([...team.members].filter((id) => id !== event.data.userId)) };
    case 'TurnGiven':
      return { ...team, lastTurn: { userId: event.data.userId, conversationId: event.data.conversationId } };
    case 'TeamChannelAccessGranted':
      return { ...team, channels: new Set([...team.channels, event.data.channelId]) };
    case 'TeamChannelAccessRevoked':
      return { ...team, channels: new Set([...team.channels].filter((id) => id !== event.data.channelId)) };
  }
}
