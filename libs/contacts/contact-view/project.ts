import { defineProjection } from '#event-sourcing';
import type { DomainEvent, ProjectionStep, RecordedEvent } from '#event-sourcing';
import type { ContactEvent } from '../contact/index.js';
import type { ConversationEventRead } from './conversation-events.js';
import { conversationSteps, somebody, without } from './conversations.js';
import { withoutBorrowed } from '../contact-profile/index.js';
import { contactsIndexes, contactsModel, contactsSchema } from './document.js';
import type { ContactDocument, ShownIdentity } from './document.js';

type OfContact = DomainEvent<string, { readonly contactId: string }>;

/**
 * A step on a contact that is there; an erased one stays away. Each of the contact's own events moves the revision on.
 */
function change<E extends OfContact>(
  changes: (document: ContactDocument, event: RecordedEvent<E>) => Partial<ContactDocument>,
): ProjectionStep<ContactDocument, E, never> {
  return {
    key: ({ data }) => data.contactId,
    project: (document, event) => document && { ...document, ...changes(document, event), revision: event.revision },
  };
}

/** The page of each contact, but for its notes, which are documents of their own. */
export const contactsProjection = defineProjection<ContactDocument, ContactEvent | ConversationEventRead>({
  name: contactsModel,
  schema: contactsSchema,
  indexes: contactsIndexes,
  owners: (id) => [id],
  on: {
    ContactCreated: {
      key: ({ data }) => data.contactId,
      project: (_document, { data, metadata, revision }) => ({
        createdBy: data.createdBy,
        createdAt: metadata.at,
        revision,
        givenName: null,
        identities: [],
        channelIds: [],
        values: [],
        vip: false,
        blocked: false,
        blockedMessages: [],
        absorbed: [],
        mergedInto: null,
        deleting: false,
        assignee: null,
        conversations: [],
        olderConversations: [],
      }),
    },
    IdentityAttached: change(({ identities }, { data }) => {
      const { identityKey, medium, idScope, externalUserId } = data;
      const identity = { identityKey, medium, idScope, externalUserId, profileName: null, channelIds: [] };
      return { identities: [...identities, identity] };
    }),
    ContactSeenOnChannel: change(({ identities, channelIds }, { data: { identityKey, channelId } }) => ({
      identities: changed(identities, identityKey, (known) => ({ channelIds: [...known.channelIds, channelId] })),
      channelIds: channelIds.includes(channelId) ? channelIds : [...channelIds, channelId],
    })),
    ProfileNameChanged: change(({ identities }, { data: { identityKey, profileName } }) => ({
      identities: changed(identities, identityKey, () => ({ profileName })),
    })),
    ContactRenamed: change((_document, { data }) => ({ givenName: data.name })),
    AttributeSet: change(({ values, absorbed }, { data, metadata: { actor, at } }) => {
      const { alias, medium = null, value, source } = data;
      const own = medium === null ? { absorbed: withoutBorrowed(absorbed, alias) } : {};
      const entry = { alias, medium, value, source, actor, at };
      const known = values.some((other) => other.alias === alias && other.medium === medium);
      if (!known) return { ...own, values: [...values, entry] };
      return {
        ...own,
        values: values.map((other) => (other.alias === alias && other.medium === medium ? entry : other)),
      };
    }),
    AttributeCleared: change(({ values, absorbed }, { data: { alias, medium = null } }) => ({
      ...(medium === null && { absorbed: withoutBorrowed(absorbed, alias) }),
      values: values.filter((other) => other.alias !== alias || other.medium !== medium),
    })),
    VipMarked: change(() => ({ vip: true })),
    VipUnmarked: change(() => ({ vip: false })),
    ContactNoteAdded: change(() => ({})),
    ContactNoteEdited: change(() => ({})),
    ContactNoteRemoved: change(() => ({})),
    ContactAssigned: change((_document, { data }) => ({ assignee: somebody(data) })),
    ContactUnassigned: change(({ assignee }, { data }) => ({ assignee: without(assignee, data) })),
    ContactBlocked: change(() => ({ blocked: true })),
    ContactUnblocked: change(() => ({ blocked: false })),
    InboundMessageBlocked: change(({ blockedMessages }, { data: { channelId } }) => {
      const count = (blockedMessages.find((one) => one.channelId === channelId)?.count ?? 0) + 1;
      const others = blockedMessages.filter((one) => one.channelId !== channelId);
      return { blockedMessages: [...others, { channelId, count }] };
    }),
    ContactHandedOver: change((_document, { data }) => ({ mergedInto: data.primaryId })),
    ContactGivenBack: change(() => ({ mergedInto: null })),
    ContactsMerged: change(({ absorbed }, { data: { mergeId, contactIds, values } }) => ({
      absorbed: [...absorbed, { mergeId, contactIds, values }],
    })),
    MergeUndone: change(({ absorbed }, { data }) => ({
      absorbed: absorbed.filter(({ mergeId }) => mergeId !== data.mergeId),
    })),
    ContactDeletionRequested: change(() => ({ deleting: true })),
    ...conversationSteps,
  },
});

function changed(
  identities: readonly ShownIdentity[],
  identityKey: string,
  change: (identity: ShownIdentity) => Partial<ShownIdentity>,
): readonly ShownIdentity[] {
  return identities.map((identity) =>
    identity.identityKey === identityKey ? { ...identity, ...change(identity) } : identity,
  );
}
