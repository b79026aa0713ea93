export { attemptsEvents, deletionAttemptsStream } from './events.js';
export type { DeletionRefused, WrongHint } from './events.js';
export { attemptsRefusals } from './refusals.js';
export type { AttemptsRefusal } from './refusals.js';
