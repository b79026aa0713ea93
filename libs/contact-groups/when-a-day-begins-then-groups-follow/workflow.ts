import { attributeDirectory, vipEnabled } from '#attributes/attributes';
import type { Workflow } from '#event-sourcing';
import { addDays, asksFor, dayOfInstant } from '../condition/index.js';
import { followCircumstances } from '../groups/index.js';
import type { GroupsEvent } from '../groups/index.js';

/** The recorded day of a group whose condition goes by it; `null` for every other group. */
interface Followed {
  readonly day: string | null;
}

const nothing: Followed = { day: null };

/** When a day begins (UTC), then it is recorded for the groups whose conditions go by days (CON-7). */
export const followDays: Workflow<GroupsEvent, Followed> = {
  name: 'follow-days',
  version: 1,
  actsFrom: 'beginning',
  on: new Set([
    'ContactGroupDefined',
    'ContactGroupConditionChanged',
    'ContactGroupCircumstancesChanged',
    'ContactGroupArchived',
  ]),
  key: ({ data }) => data.groupId,
  initial: nothing,
  evolve(followed, event) {
    switch (event.type) {
      case 'ContactGroupDefined':
      case 'ContactGroupConditionChanged':
        return asksFor(event.data.condition).day ? { day: event.data.day } : nothing;
      case 'ContactGroupCircumstancesChanged':
        return followed.day === null ? followed : { day: event.data.day };
      case 'ContactGroupArchived':
        return nothing;
      default:
        return followed;
    }
  },
  react: ({ day }) =>
    day === null ? [] : [{ id: `after ${day}`, name: 'record the day', due: `${addDays(day, 1)}T00:00:00.000Z` }],
  owners: () => [],
  performer: ({ runner, views }) => ({
    async perform(_todo, { key, header }) {
      const circumstances = { day: dayOfInstant(header.at), vipEnabled: vipEnabled(views.read(attributeDirectory)) };
      const followed = await followCircumstances(runner, header, { groupId: key, circumstances });
      return followed.accepted ? followed.position : 0;
    },
  }),
};
