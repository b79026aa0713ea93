import type { TeamEvent } from '#access/team';
import type { UserEvent } from '#access/user';
import type { Position, Recorded, ToDo } from '#event-sourcing';

export type AccessLost =
  | Extract<
      UserEvent,
      { type: 'ChannelAccessRevoked' | 'AllChannelAccessRevoked' | 'UserDeactivated' | 'UserRoleChanged' }
    >
  | Extract<TeamEvent, { type: 'TeamMemberRemoved' | 'TeamChannelAccessRevoked' | 'TeamArchived' }>;

/** Whose access has to be looked at: one user's, or that of all members of a team. */
export function keyOf({ data }: Recorded<AccessLost>): string {
  return 'userId' in data ? `user ${data.userId}` : `team ${data.teamId}`;
}

/** The newest loss; earlier ones are looked at together with it. */
export type LossState = { readonly position: Position; readonly at: string } | null;

export const initial: LossState = null;

export function evolve(_state: LossState, { position, metadata }: Recorded<AccessLost>): LossState {
  return { position, at: metadata.at };
}

export type LookAtAccess = ToDo & { readonly name: 'take-off'; readonly lostAt: Position };

/**
 * A process that has not heard of the loss yet can still assign something by what it knows. The second look finds that
 * within the two seconds that ASG-6 gives.
 */
const secondLookMs = 1_200;

export function react(state: LossState): readonly LookAtAccess[] {
  if (state === null) return [];
  const due = new Date(Date.parse(state.at) + secondLookMs).toISOString();
  const { position: lostAt } = state;
  return [
    { id: `take off ${lostAt}`, name: 'take-off', lostAt },
    { id: `look again ${lostAt}`, name: 'take-off', lostAt, due },
  ];
}
