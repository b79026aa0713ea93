export { parseAddFields } from './add-fields.js';
export { parseProjection } from './projection.js';
export type { Dialect, Projection } from './projection.js';
