import type { LiveView, Recorded } from '#event-sourcing';
import { teamEvents } from '../team/events.js';
import type { TeamEvent } from '../team/events.js';
import { evolve as evolveTeam } from '../team/state.js';
import type { Team } from '../team/state.js';
import type { UserEvent } from './events.js';
import { evolve as evolveUser } from './state.js';
import type { User } from './state.js';

export interface AccessDirectory {
  readonly users: ReadonlyMap<string, User>;
  /** Archived ones included. */
  readonly teams: ReadonlyMap<string, Team>;
}

/** All users and teams in memory: what every command and query asks (decision 5). */
export const accessDirectory: LiveView<AccessDirectory, UserEvent | TeamEvent> = {
  name: 'access',
  categories: ['user', 'team'],
  initial: { users: new Map(), teams: new Map() },
  evolve(directory, event) {
    if (isOfTeam(event)) {
      const { teamId } = event.data;
      return { ...directory, teams: replaced(directory.teams, teamId, evolveTeam(directory.teams.get(teamId), event)) };
    }
    const { userId } = event.data;
    return { ...directory, users: replaced(directory.users, userId, evolveUser(directory.users.get(userId), event)) };
  },
};

const teamTypes: ReadonlySet<string> = new Set(teamEvents.definitions.map(({ type }) => type));

function isOfTeam(event: Recorded<UserEvent | TeamEvent>): event is Recorded<TeamEvent> {
  return teamTypes.has(event.type);
}

function replaced<T>(all: ReadonlyMap<string, T>, id: string, one: T | undefined): ReadonlyMap<string, T> {
  return one === undefined || all.get(id) === one ? all : new Map(all).set(id, one);
}
