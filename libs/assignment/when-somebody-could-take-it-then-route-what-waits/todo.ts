import type { TeamEvent } from '#access/team';
import type { UserEvent } from '#access/user';
import type { Position, Recorded, ToDo } from '#event-sourcing';
import type { RoutingEvent } from '#routing/rules';
import type { SettingsEvent } from '#settings/settings';

/** What routing finds somebody by who was not there, full, or not named before. */
export type Occasion =
  | Extract<
      UserEvent,
      {
        type:
          | 'AgentCameOnline'
          | 'PlaceFreed'
          | 'ChannelAccessGranted'
          | 'AllChannelAccessGranted'
          | 'UserReactivated'
          | 'UserRoleChanged';
      }
    >
  | Extract<TeamEvent, { type: 'TeamMemberAdded' | 'TeamChannelAccessGranted' }>
  | Exclude<RoutingEvent, { type: 'RoutingRuleRenamed' }>
  | Extract<SettingsEvent, { type: 'AgentLimitSet' | 'AgentLimitLifted' | 'OfflineUnassignmentDisabled' }>;

/** Whom what waits could be given to now: the user, the team’s members, or everybody, teams as a whole included. */
export function keyOf({ data }: Recorded<Occasion>): string {
  if ('userId' in data) return `user ${data.userId}`;
  return 'teamId' in data ? `team ${data.teamId}` : 'everybody';
}

/** Of the last occasion; `null`: none. */
export type OccasionState = { readonly position: Position } | null;

export const initial: OccasionState = null;

/** Several occasions before anybody has looked are one look. */
export const evolve = (_state: OccasionState, { position }: Recorded<Occasion>): OccasionState => ({ position });

export type RouteWhatWaits = ToDo & { readonly name: 'route-what-waits'; readonly position: Position };

export function react(state: OccasionState): readonly RouteWhatWaits[] {
  if (state === null) return [];
  const { position } = state;
  return [{ id: `route what waits ${position}`, name: 'route-what-waits', position }];
}
