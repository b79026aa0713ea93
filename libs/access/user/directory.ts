import type { LiveView } from '#event-sourcing';
import type { UserEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { User } from './state.js';

export type AccessDirectory = ReadonlyMap<string, User>;

/** All users and their access in memory: what every command and query asks (decision 5). */
export const accessDirectory: LiveView<AccessDirectory, UserEvent> = {
  name: 'access',
  categories: ['user'],
  initial: new Map(),
  evolve(users, event) {
    const { userId } = event.data;
    const user = evolve(users.get(userId) ?? initial, event);
    return user ? new Map(users).set(userId, user) : users;
  },
};
