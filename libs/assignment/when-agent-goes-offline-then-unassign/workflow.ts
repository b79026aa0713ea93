import { accessDirectory, isOffline } from '#access/user';
import type { Workflow } from '#event-sourcing';
import { settingsDirectory } from '#settings/settings';
import { takeOffAll } from '../take-off-all.js';
import { evolve, initial, react } from './todo.js';
import type { OfflineState, PresenceEvent, TakeOffOffline } from './todo.js';

/** When an agent goes offline and is not back in time, then they are off their conversations in `new` (ASG-3). */
export const whenAgentGoesOfflineThenUnassign: Workflow<PresenceEvent, OfflineState, TakeOffOffline> = {
  name: 'when-agent-goes-offline-then-unassign',
  version: 1,
  actsFrom: 'first-enabled',
  on: new Set(['AgentCameOnline', 'AgentWentAway', 'AgentWentOffline']),
  key: ({ data }) => data.userId,
  initial,
  evolve,
  react,
  owners: () => [],
  performer: (ports) => ({
    perform(_todo, { key: userId, header }) {
      const { presence = 'unseen' } = ports.views.read(accessDirectory).users.get(userId) ?? {};
      const wanted = ports.views.read(settingsDirectory).removeAssignmentWhenOffline && isOffline(presence);
      return wanted ? takeOffAll(ports, header, { userId, offline: true }) : Promise.resolve(0);
    },
  }),
};
