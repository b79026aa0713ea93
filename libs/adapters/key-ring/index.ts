export { createKeyRing } from './key-ring.js';
