export { linkValuesModel } from './document.js';
export type { LinkValueDocument } from './document.js';
export { linkValuesProjection } from './project.js';
export { suspendedValues } from './queries.js';
export type { SuspendedValue } from './queries.js';
