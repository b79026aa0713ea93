export { openModels } from './open-models.js';
export type { EngineReports, OpenedModels, StoreAddresses } from './open-models.js';
export { openPorts } from './open-ports.js';
export type { OpenedPorts } from './open-ports.js';
