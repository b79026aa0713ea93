export { modelsAsOf } from './models.js';
export type { ModelsAsOf } from './models.js';
export type { Moment } from './moment.js';
export { contactHistory, conversationHistory } from './streams.js';
