export { parseFieldPath } from './field-path.js';
export { keyTuples } from './key-tuples.js';
export type { KeyTuples } from './key-tuples.js';
export { arrayIndex, splitPath } from './parts.js';
export { someValue } from './some-value.js';
export type { LeafArrays, ValueTest } from './some-value.js';
