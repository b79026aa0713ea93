export { placeOf, positionAt } from './place.js';
export { searchWords } from './query.js';
export type { SearchWords } from './query.js';
export { halfTyped, tokensOf } from './tokens.js';
export { wordsIn } from './words.js';
