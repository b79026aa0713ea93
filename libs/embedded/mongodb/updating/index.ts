export { parseUpdate } from './update.js';
export type { Update, UpdateSituation } from './update.js';
export { upsertedDocument } from './upsert.js';
