import type { LiveView } from '#event-sourcing';
import { settingsStream } from './events.js';
import type { SettingsEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { Settings } from './state.js';

/** The settings in memory: what routing, the queue and the offline rule go by (decision 5). */
export const settingsDirectory: LiveView<Settings, SettingsEvent> = {
  name: 'settings',
  categories: [settingsStream],
  initial,
  evolve,
};
