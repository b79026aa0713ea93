import { canMatch, findAttribute } from '#attributes/attributes';
import type { AttributeCatalogue } from '#attributes/attributes';
import type { Decider } from '#event-sourcing';
import type { SettingsCommand } from './commands.js';
import type { SettingsEvent } from './events.js';
import type { SettingsRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { Settings } from './state.js';

/** What the admin chooses for the whole inbox: one event for each setting that becomes another one. */
export const settingsDecider: Decider<SettingsCommand, SettingsEvent, Settings, SettingsRefusal> = {
  initial,
  evolve,
  decide({ changes, catalogue }, settings) {
    const {
      removeAssignmentWhenOffline = settings.removeAssignmentWhenOffline,
      maxOpenPerAgent = settings.maxOpenPerAgent,
      waitingPointsPerMinute = settings.waitingPointsPerMinute,
      matchingAttribute = settings.matchingAttribute,
      linkPlaceholders = settings.linkPlaceholders,
      deletionReasons = settings.deletionReasons,
    } = changes;
    if (matchingAttribute !== settings.matchingAttribute && !matches(matchingAttribute, catalogue)) {
      return { code: 'not-a-matching-attribute', name: matchingAttribute ?? '' };
    }
    const events: SettingsEvent[] = [];
    if (removeAssignmentWhenOffline !== settings.removeAssignmentWhenOffline) {
      const type = removeAssignmentWhenOffline ? 'OfflineUnassignmentEnabled' : 'OfflineUnassignmentDisabled';
      events.push({ type, data: {} });
    }
    if (maxOpenPerAgent !== settings.maxOpenPerAgent) events.push(agentLimit(maxOpenPerAgent));
    if (waitingPointsPerMinute !== settings.waitingPointsPerMinute) {
      events.push({ type: 'WaitingWeightSet', data: { pointsPerMinute: waitingPointsPerMinute } });
    }
    if (matchingAttribute !== settings.matchingAttribute) {
      const data = matchingAttribute === null ? {} : { name: matchingAttribute };
      events.push({ type: 'MatchingAttributeChosen', data });
    }
    if (linkPlaceholders.join('\n') !== settings.linkPlaceholders.join('\n')) {
      events.push({ type: 'LinkPlaceholdersChosen', data: { values: linkPlaceholders } });
    }
    if (deletionReasons.join(' ') !== settings.deletionReasons.join(' ')) {
      events.push({ type: 'DeletionReasonsChosen', data: { codes: deletionReasons } });
    }
    return events;
  },
};

const agentLimit = (maxOpen: number | null): SettingsEvent =>
  maxOpen === null ? { type: 'AgentLimitLifted', data: {} } : { type: 'AgentLimitSet', data: { maxOpen } };

/** LNK-2: one whose values are texts; none is a choice too. */
function matches(name: string | null, catalogue: AttributeCatalogue): boolean {
  const definition = name === null ? undefined : findAttribute(catalogue, name);
  return name === null || (definition !== undefined && canMatch(definition.format));
}
