export { linksOf, mostContactsOfValue } from './linked.js';
export type { LinkedContact, Links, LinkSettings } from './linked.js';
