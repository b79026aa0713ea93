import { accessEvents } from '#access';
import { accessDirectory } from '#access/user';
import { attributeDirectory, attributesEvents } from '#attributes/attributes';
import { channelDirectory, channelEvents } from '#channels/channel';
import { contactsEvents, contactsProjections } from '#contacts';
import { conversationsEvents, conversationsLiveViews, conversationsProjections } from '#conversations';
import { deletionAuditEvents, deletionAuditProjections } from '#deletion-audit';
import { createConversationChains } from '#conversations/chain';
import { createAuditDecider, deletedContactsStream } from '#deletion-audit/audit';
import type { ContactDeleted, Sha256 } from '#deletion-audit/audit';
import { createContactErasure } from '#deletion-audit/contact-erasure';
import { createCatalogue, kernelEvents } from '#event-sourcing';
import type { Clock, CommandRunner, ErasureEvent, EventStore, Ids } from '#event-sourcing';
import { settingsDirectory, settingsEvents } from '#settings/settings';

// What the contexts make together. Whoever adds a context adds it here, and every app has it.

/** Every event type that the product writes or reads. */
export const catalogue = createCatalogue([
  kernelEvents,
  accessEvents,
  channelEvents,
  attributesEvents,
  contactsEvents,
  conversationsEvents,
  deletionAuditEvents,
  settingsEvents,
]);

/** Every read model. */
export const projections = [...contactsProjections, ...conversationsProjections, ...deletionAuditProjections];

/** The configuration that commands and queries have at hand in memory. */
export const liveViews = [
  accessDirectory,
  channelDirectory,
  attributeDirectory,
  settingsDirectory,
  ...conversationsLiveViews,
];

/** The event at which every model forgets a contact. */
export const erasure: ErasureEvent = {
  stream: deletedContactsStream,
  type: 'ContactDeleted',
  contactIds: ({ data }) => (data as ContactDeleted['data']).contactIds,
};

/** Every workflow. */
export function createWorkflows(
  ports: {
    readonly EventStore: EventStore;
    readonly CommandRunner: CommandRunner;
    readonly Ids: Ids;
    readonly Clock: Clock;
  },
  sha256: Sha256,
) {
  const { EventStore: store, CommandRunner: runner, Ids: ids, Clock: clock } = ports;
  const chains = createConversationChains(runner);
  return [createContactErasure({ store, runner, ids, clock, chains, audit: createAuditDecider(sha256) })];
}
