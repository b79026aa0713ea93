export { settingsDirectory } from './directory.js';
export { settingsEvents } from './events.js';
export type { SettingsEvent } from './events.js';
export { ChangeSettings, settingsHandlers } from './handlers.js';
export { settingsRefusals } from './refusals.js';
export type { SettingsRefusal } from './refusals.js';
export { mostOpenPerAgent, waitingWeights } from './state.js';
export type { Settings } from './state.js';
