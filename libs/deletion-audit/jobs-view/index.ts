export { jobsProjection } from './project.js';
export { jobsPage, jobView } from './queries.js';
export type { JobView } from './queries.js';
