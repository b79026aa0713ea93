import type { LiveView } from '#event-sourcing';
import { routingStream } from './events.js';
import type { RoutingEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { RoutingRules } from './state.js';

/** The rules in memory: what routing goes by (decision 5). */
export const routingDirectory: LiveView<RoutingRules, RoutingEvent> = {
  name: 'routing',
  categories: [routingStream],
  initial,
  evolve,
};
