import { accessEvents } from '#access';
import { accessLogEvents, accessLogProjections } from '#access-log';
import { accessDirectory } from '#access/user';
import { assignmentWorkflows } from '#assignment';
import { attributeDirectory, attributesEvents } from '#attributes/attributes';
import { businessHoursDirectory, businessHoursEvents } from '#business-hours/calendars';
import { channelDirectory, channelEvents } from '#channels/channel';
import { contactGroupsEvents, contactGroupsProjections, contactGroupsWorkflows } from '#contact-groups';
import { groupDirectory } from '#contact-groups/groups';
import { contactsEvents, contactsProjections, contactsWorkflows } from '#contacts';
import {
  conversationsEvents,
  conversationsLiveViews,
  conversationsProjections,
  conversationsWorkflows,
} from '#conversations';
import { deletionAuditEvents, deletionAuditProjections, deletionAuditWorkflows } from '#deletion-audit';
import { deletedContactsStream } from '#deletion-audit/audit';
import type { ContactDeleted } from '#deletion-audit/audit';
import { createCatalogue, kernelEvents, workflowsProjection } from '#event-sourcing';
import type { AnyWorkflow, ErasureEvent } from '#event-sourcing';
import { linkingEvents, linkingProjections } from '#linking';
import { reportingEvents, reportingProjections } from '#reporting';
import { searchProjections } from '#search';
import { routingDirectory, routingEvents } from '#routing/rules';
import { savedRepliesProjections } from '#saved-replies';
import { collectionEvents, savedReplyDirectory } from '#saved-replies/collection';
import { settingsDirectory, settingsEvents } from '#settings/settings';
import { topicsDirectory, topicsEvents } from '#topics/topics';

// What the contexts make together. Whoever adds a context adds it here, and every app has it.

/** Every event type that the product writes or reads. */
export const catalogue = createCatalogue([
  kernelEvents,
  accessEvents,
  channelEvents,
  attributesEvents,
  contactsEvents,
  contactGroupsEvents,
  linkingEvents,
  conversationsEvents,
  deletionAuditEvents,
  reportingEvents,
  settingsEvents,
  accessLogEvents,
  topicsEvents,
  collectionEvents,
  routingEvents,
  businessHoursEvents,
]);

/** Every workflow. */
export const workflows: readonly AnyWorkflow[] = [
  ...assignmentWorkflows,
  ...contactsWorkflows,
  ...contactGroupsWorkflows,
  ...conversationsWorkflows,
  ...deletionAuditWorkflows,
];

/** Every read model. */
export const projections = [
  ...contactsProjections,
  ...contactGroupsProjections,
  ...conversationsProjections,
  ...savedRepliesProjections,
  ...deletionAuditProjections,
  ...reportingProjections,
  ...accessLogProjections,
  ...searchProjections,
  ...linkingProjections,
  workflowsProjection(workflows),
];

/** The configuration that commands and queries have at hand in memory. */
export const liveViews = [
  accessDirectory,
  channelDirectory,
  attributeDirectory,
  groupDirectory,
  settingsDirectory,
  topicsDirectory,
  savedReplyDirectory,
  routingDirectory,
  businessHoursDirectory,
  ...conversationsLiveViews,
];

/** The event at which every model forgets a contact. */
export const erasure: ErasureEvent = {
  stream: deletedContactsStream,
  type: 'ContactDeleted',
  contactIds: ({ data }) => (data as ContactDeleted['data']).contactIds,
};
