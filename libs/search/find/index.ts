export { find, searchables } from './find.js';
export { textFound } from './text-found.js';
export type { Finding, Searchable, SearchConfiguration } from './find.js';
