import type { Workflow } from '#event-sourcing';
import { closeIdle } from './close-idle.js';
import { evolve, initial, keyOf, react, whenIdleThenClose } from './todo.js';
import type { IdleEvent, IdleState, Look } from './todo.js';

/**
 * When nothing has happened for as long as the channel's admin allows, then the conversation is closed (CNV-8). One
 * instance per channel with a limit: a timer per conversation would cost everybody for what few switch on, and would
 * not know of a limit that is set or changed while it runs.
 */
export const closeIdleConversations: Workflow<IdleEvent, IdleState, Look> = {
  name: whenIdleThenClose,
  version: 1,
  actsFrom: 'beginning',
  on: new Set(['ChannelInactivityLimitSet', 'ChannelInactivityLimitLifted', 'WorkflowToDoSettled']),
  key: keyOf,
  initial,
  evolve,
  react,
  owners: () => [],
  performer: (ports) => ({
    async perform({ after }, context) {
      await closeIdle(ports, after, context);
      // That the look is over is what the next one is timed by.
      return 0;
    },
  }),
};
