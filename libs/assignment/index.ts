import { whenAccessIsLostThenUnassign } from './when-access-is-lost-then-unassign/index.js';
import { whenHandsChangeThenPlacesFollow } from './when-hands-change-then-places-follow/index.js';
import { whenNobodyHasItThenRoute } from './when-nobody-has-it-then-route/index.js';
import { whenReservedPlaceIsNotUsedThenFree } from './when-reserved-place-is-not-used-then-free/index.js';
import { whenSomebodyCouldTakeItThenRouteWhatWaits } from './when-somebody-could-take-it-then-route-what-waits/index.js';
import { whenAgentGoesOfflineThenUnassign } from './when-agent-goes-offline-then-unassign/index.js';

export { AssignmentModule } from './assignment.module.js';

/** What the context does by itself. */
export const assignmentWorkflows = [
  whenAccessIsLostThenUnassign,
  whenAgentGoesOfflineThenUnassign,
  whenHandsChangeThenPlacesFollow,
  whenNobodyHasItThenRoute,
  whenReservedPlaceIsNotUsedThenFree,
  whenSomebodyCouldTakeItThenRouteWhatWaits,
];
