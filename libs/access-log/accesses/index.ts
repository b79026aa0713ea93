export { accessLogEvents, keptDays } from './events.js';
export type { ContactReading } from './events.js';
export { createAccessRecorder } from './recorder.js';
export type { Access, AccessRecorder } from './recorder.js';
