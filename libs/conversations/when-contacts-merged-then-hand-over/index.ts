export { handBackBeforeErasure } from './before-erasure.js';
export { MergeContacts, mergingHandlers, UndoMerge } from './handlers.js';
export type { MergeResult, UndoResult } from './handlers.js';
export { whenContactsMergedThenHandOver } from './workflow.js';
