export { createKeyRing } from './key-ring.js';
export { isPunctured } from './key-tree.js';
