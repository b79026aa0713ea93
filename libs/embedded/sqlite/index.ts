export { MOST_PAGES } from './gaps.js';
export { wipeSteps } from './wipe-steps.js';
export type { WipedFile } from './wipe-steps.js';
