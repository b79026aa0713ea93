import type { Workflow } from '#event-sourcing';
import { lookFurther } from './perform.js';
import { workflowName } from './progress.js';
import { evolve, initial, react } from './todo.js';
import type { FindMembersEvent, LookFurther, Search } from './todo.js';

/** When the condition of a group changes, then its members are found, part by part, while the old one answers (CON-7). */
export const findMembers: Workflow<FindMembersEvent, Search, LookFurther> = {
  name: workflowName,
  version: 1,
  actsFrom: 'beginning',
  on: new Set([
    'ContactGroupDefined',
    'ContactGroupConditionChanged',
    'ContactGroupCircumstancesChanged',
    'ContactGroupMembersFound',
    'ContactGroupTookEffect',
    'ContactGroupArchived',
  ]),
  key: ({ data }) => data.groupId,
  initial,
  evolve,
  react,
  owners: () => [],
  performer: (ports) => ({ perform: (todo, context) => lookFurther(ports, todo, context) }),
};
