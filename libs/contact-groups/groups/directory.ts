import type { LiveView } from '#event-sourcing';
import { groupsStream } from './events.js';
import type { GroupsEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { Groups } from './state.js';

/** All groups in memory, archived ones too (decision 5). */
export const groupDirectory: LiveView<Groups, GroupsEvent> = {
  name: 'groups',
  categories: [groupsStream],
  initial,
  evolve,
};
