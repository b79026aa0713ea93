import type { Workflow } from '#event-sourcing';
import { clearOutlived } from './clear-outlived.js';
import { evolve, initial, keyOf, react, whenRetentionIsOverThenClear } from './todo.js';
import type { Look, RetentionEvent, RetentionState } from './todo.js';

/**
 * When a contact has had no open conversation for the retention of an attribute, then its value is cleared (ATT-7). One
 * instance per attribute that has a retention: a timer per value would have to be set anew with each conversation.
 */
export const clearOutlivedValues: Workflow<RetentionEvent, RetentionState, Look> = {
  name: whenRetentionIsOverThenClear,
  version: 1,
  actsFrom: 'beginning',
  on: new Set(['AttributeRetentionChosen', 'AttributeRetentionLifted', 'WorkflowToDoSettled']),
  key: keyOf,
  initial,
  evolve,
  react,
  owners: () => [],
  performer: (ports) => ({
    async perform(look, context) {
      await clearOutlived(ports, look, context);
      // That the look is over is what the next one is timed by.
      return 0;
    },
  }),
};
