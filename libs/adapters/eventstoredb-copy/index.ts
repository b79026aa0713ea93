export { copyLog } from './copy-log.js';
export type { CopyPhase, CopyReport } from './copy-log.js';
export { CopyRefused } from './copy-refused.js';
