export { displayName, namingAliases } from './display-name.js';
export type { DisplayName, Naming } from './display-name.js';
