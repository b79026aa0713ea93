export { erasureHandlers, RequestErasure } from './handlers.js';
export { erasurePorts } from './ports.js';
export type { ErasurePorts } from './ports.js';
export { erasureRefusals } from './refusals.js';
export type { ErasureRefusal } from './refusals.js';
export { deletionReasons } from './request.js';
export type { ErasureResult, WantedErasure } from './request.js';
export { reconcileErasures } from './reconcile.js';
export { contactErasure } from './workflow.js';
