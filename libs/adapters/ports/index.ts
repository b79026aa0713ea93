export { openKeys } from './open-keys.js';
export type { KeyAddresses, OpenedKeys } from './open-keys.js';
export { createScavenger } from './scavenger.js';
export { openModels } from './open-models.js';
export type { EngineReports, OpenedModels, StoreAddresses } from './open-models.js';
export { openPorts } from './open-ports.js';
export type { OpenedPorts } from './open-ports.js';
