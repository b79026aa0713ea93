export { retainedFactsEvents, retainedFactsStream } from './events.js';
export type { ConversationFactsRetained } from './events.js';
export { retainFacts } from './retain.js';
