export { transformation, transformationNames } from './transformation.js';
export type { Transformation } from './transformation.js';
