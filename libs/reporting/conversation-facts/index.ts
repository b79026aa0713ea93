export type { ConversationFacts } from './facts.js';
export { evolveFacts } from './fold.js';
export type { GrowingFacts } from './fold.js';
export { conversationFactsProjection } from './project.js';
export { sumsByDay } from './sums.js';
export type { DaySums, DurationSum, WantedDays } from './sums.js';
