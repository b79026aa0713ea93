export { parseCollation } from './collation.js';
export type { Collation } from './collation.js';
