export { find, searchables } from './find.js';
export type { Finding, Searchable, SearchConfiguration } from './find.js';
