export { readFound } from './read-found.js';
export type { Found } from './read-found.js';
