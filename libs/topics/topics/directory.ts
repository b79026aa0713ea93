import type { LiveView } from '#event-sourcing';
import { topicsStream } from './events.js';
import type { TopicsEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { TopicsState } from './state.js';

/** All topics in memory: what setting one goes by (decision 5). */
export const topicsDirectory: LiveView<TopicsState, TopicsEvent> = {
  name: 'topics',
  categories: [topicsStream],
  initial,
  evolve,
};
