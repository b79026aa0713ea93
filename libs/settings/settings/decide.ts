import type { Decider } from '#event-sourcing';
import type { SettingsCommand } from './commands.js';
import type { SettingsEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { Settings } from './state.js';

/** What the admin chooses for the whole inbox: one event for each setting that becomes another one. */
export const settingsDecider: Decider<SettingsCommand, SettingsEvent, Settings, never> = {
  initial,
  evolve,
  decide({ changes }, settings) {
    const {
      removeAssignmentWhenOffline = settings.removeAssignmentWhenOffline,
      maxOpenPerAgent = settings.maxOpenPerAgent,
      waitingPointsPerMinute = settings.waitingPointsPerMinute,
    } = changes;
    const events: SettingsEvent[] = [];
    if (removeAssignmentWhenOffline !== settings.removeAssignmentWhenOffline) {
      const type = removeAssignmentWhenOffline ? 'OfflineUnassignmentEnabled' : 'OfflineUnassignmentDisabled';
      events.push({ type, data: {} });
    }
    if (maxOpenPerAgent !== settings.maxOpenPerAgent) events.push(agentLimit(maxOpenPerAgent));
    if (waitingPointsPerMinute !== settings.waitingPointsPerMinute) {
      events.push({ type: 'WaitingWeightSet', data: { pointsPerMinute: waitingPointsPerMinute } });
    }
    return events;
  },
};

const agentLimit = (maxOpen: number | null): SettingsEvent =>
  maxOpen === null ? { type: 'AgentLimitLifted', data: {} } : { type: 'AgentLimitSet', data: { maxOpen } };
