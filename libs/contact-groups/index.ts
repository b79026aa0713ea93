import { computationEvents } from './computation/index.js';
import { groupsEvents } from './groups/index.js';
import { groupMembersProjection } from './members/index.js';
import { followDays } from './when-a-day-begins-then-groups-follow/index.js';
import { findMembers } from './when-condition-changes-then-find-members/index.js';
import { followVip } from './when-vip-is-switched-then-groups-follow/index.js';

export { ContactGroupsModule } from './contact-groups.module.js';

/** The context's part of the catalogue. */
export const contactGroupsEvents = {
  categories: [...groupsEvents.categories, ...computationEvents.categories],
  definitions: [...groupsEvents.definitions, ...computationEvents.definitions],
};

/** The context's read models. */
export const contactGroupsProjections = [groupMembersProjection];

/** The context's workflows. */
export const contactGroupsWorkflows = [findMembers, followDays, followVip];
