import type { SettingsEvent } from './events.js';

export interface Settings {
  readonly removeAssignmentWhenOffline: boolean;
  /** `null`: no limit. */
  readonly maxOpenPerAgent: number | null;
  /** 0: waiting has no weight. */
  readonly waitingPointsPerMinute: number;
  /** Alias, or `medium.alias`, of the attribute by which contacts are linked (LNK-2); `null`: by none. */
  readonly matchingAttribute: string | null;
  /** Values that never link anybody (LNK-6). */
  readonly linkPlaceholders: readonly string[];
  /** Codes of the admin's own reasons for deletions, besides the built-in ones (DEL-1). */
  readonly deletionReasons: readonly string[];
}

/** What is not named stays as it is. */
export type SettingsChanges = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

/** More for one agent is a slip of the keyboard. */
export const mostOpenPerAgent = 10_000;
/** Below and above, points and milliseconds of waiting could not be weighed against each other exactly. */
export const waitingWeights = { least: 0.001, most: 100_000 } as const;

export const initial: Settings = {
  removeAssignmentWhenOffline: false,
  maxOpenPerAgent: null,
  waitingPointsPerMinute: 0,
  matchingAttribute: null,
  linkPlaceholders: ['n/a', 'na', 'none', 'null', 'unknown', 'anonymous', 'no name', 'test', '-'],
  deletionReasons: [],
};

export function evolve(settings: Settings, event: SettingsEvent): Settings {
  switch (event.type) {
    case 'OfflineUnassignmentEnabled':
      return { ...settings, removeAssignmentWhenOffline: true };
    case 'OfflineUnassignmentDisabled':
      return { ...settings, removeAssignmentWhenOffline: false };
    case 'AgentLimitSet':
      return { ...settings, maxOpenPerAgent: event.data.maxOpen };
    case 'AgentLimitLifted':
      return { ...settings, maxOpenPerAgent: null };
    case 'WaitingWeightSet':
      return { ...settings, waitingPointsPerMinute: event.data.pointsPerMinute };
    case 'MatchingAttributeChosen':
      return { ...settings, matchingAttribute: event.data.name ?? null };
    case 'LinkPlaceholdersChosen':
      return { ...settings, linkPlaceholders: event.data.values };
    case 'DeletionReasonsChosen':
      return { ...settings, deletionReasons: event.data.codes };
  }
}
