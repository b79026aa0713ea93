export { dropModels } from './drop-models.js';
export * from './engine.js';
export { newestErasure } from './erased-contacts.js';
export type { ErasureEvent } from './erased-contacts.js';
export type { ModelLag } from './lag.js';
export { progressName } from './progress.js';
export type { Checkpoint, ModelProgress, Poison, Progress } from './progress.js';
export type { RebuildProgress } from './rebuild-jobs.js';
