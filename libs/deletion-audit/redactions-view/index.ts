export { redactionsProjection } from './project.js';
export { allRedactions } from './queries.js';
export { reconcileRedactions } from './reconcile.js';
