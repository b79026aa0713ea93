export { BlockContact, blockingHandlers } from './handlers.js';
export { whenContactBlockedThenClose } from './workflow.js';
