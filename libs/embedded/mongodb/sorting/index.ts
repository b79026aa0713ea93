export { compareSortKeys, parseSort, sortDocuments, sortKeyOf } from './sort.js';
export type { SortField, SortKey } from './sort.js';
