import type { LiveView } from '#event-sourcing';
import { priorityScoresStream } from './events.js';
import type { PriorityEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { PriorityScores } from './state.js';

/** The scores in memory: what "why this rank?" is answered by (decision 5). */
export const priorityDirectory: LiveView<PriorityScores, PriorityEvent> = {
  name: 'priority-scores',
  categories: [priorityScoresStream],
  initial,
  evolve,
};
