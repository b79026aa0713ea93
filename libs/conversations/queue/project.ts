import { defineProjection, removed } from '#event-sourcing';
import type { DomainEvent, ProjectionStep, RecordedEvent, SideDocuments } from '#event-sourcing';
import { waitingAfter, waitingOnceOpened } from '../conversation/waiting.js';
import type { Waiting } from '../conversation/waiting.js';
import { contactSide, nameOf } from './contact-side.js';
import type { QueueEvent } from './contact-side.js';
import { nobodyWaits, queueIndexes, queueModel, queueSchema } from './document.js';
import type { QueueDocument, QueuedContact } from './document.js';

type OfConversation = DomainEvent<string, { readonly conversationId: string }>;
type OfContact = DomainEvent<string, { readonly contactId: string }>;
type Contacts = SideDocuments<QueuedContact>;

/** A step on a conversation that is in the queue. */
function change<E extends OfConversation>(
  changes: (document: QueueDocument, event: RecordedEvent<E>) => Partial<QueueDocument>,
): ProjectionStep<QueueDocument, E, QueuedContact> {
  return {
    key: ({ data }) => data.conversationId,
    project: (document, event) => document && { ...document, ...changes(document, event) },
  };
}

/** A step on the open conversation of a contact of whom something else is shown now. */
function show<E extends OfContact>(
  changes: (contact: QueuedContact) => Partial<QueueDocument>,
): ProjectionStep<QueueDocument, E, QueuedContact> {
  return {
    key: ({ data }, side) => side.get(data.contactId)?.openConversationId ?? [],
    project(document, { data }, { side }) {
      const contact = side.get(data.contactId);
      return document && contact && { ...document, ...changes(contact) };
    },
  };
}

const ranked = (waiting: Waiting): Waiting & Pick<QueueDocument, 'rankSince'> => ({
  ...waiting,
  rankSince: (waiting.status === 'new' ? waiting.waitingSince : null) ?? nobodyWaits,
});

const renamed = show((contact) => ({ name: nameOf(contact) }));
const vipChanged = show(({ vip }) => ({ vip }));

/** The open conversations in the order of their rank (ASG-9, CNV-10). */
export const queueProjection = defineProjection<QueueDocument, QueueEvent, QueuedContact>({
  name: queueModel,
  schema: queueSchema,
  indexes: queueIndexes,
  owners: (_id, { contactId }) => [contactId],
  side: contactSide,
  on: {
    ConversationOpened: {
      key: ({ data }) => data.conversationId,
      project: (_document, event, { side }) => ({
        contactId: event.data.contactId,
        ...shownOf(side, event.data.contactId),
        ...ranked(waitingOnceOpened(event)),
        userId: null,
        teamId: null,
        channelId: event.data.channelId,
        medium: event.data.medium,
        channelIds: [event.data.channelId],
        openedAt: event.metadata.at,
        score: 0,
      }),
    },
    MessageReceived: change((document, event) => ({
      ...ranked(waitingAfter(document, event)),
      ...onChannel(document, event.data),
    })),
    WelcomeReceived: change((document, { data }) => onChannel(document, data)),
    ReplyWritten: change(({ channelIds }, { data }) => ({ channelIds: withChannel(channelIds, data.channelId) })),
    ConversationAnswered: change((document, event) => ranked(waitingAfter(document, event))),
    WaitingResumed: change((document, event) => ranked(waitingAfter(document, event))),
    ConversationSnoozed: change((document, event) => ranked(waitingAfter(document, event))),
    SnoozeEnded: change((document, event) => ranked(waitingAfter(document, event))),
    WaitingTakenOver: change((document, event) => ranked(waitingAfter(document, event))),
    ConversationDivided: change((document, event) => {
      const { stays } = event.data;
      if (!stays) return {};
      const { channelId, medium } = stays.current;
      const left = document.channelIds.filter((id) => stays.channelIds.includes(id));
      return { ...ranked(waitingAfter(document, event)), channelId, medium, channelIds: left };
    }),
    MessagesGivenBack: change(({ channelIds }, { data: { from } }) => ({
      channelIds: from.flatMap((given) => given.channelIds).reduce(withChannel, channelIds),
    })),
    ConversationAssigned: change((_document, { data }) => ({
      userId: data.userId ?? null,
      teamId: data.teamId ?? null,
    })),
    ConversationUnassigned: change(({ userId, teamId }, { data }) => ({
      userId: data.userId === userId ? null : userId,
      teamId: data.teamId === teamId ? null : teamId,
    })),
    ConversationClosed: { key: ({ data }) => data.conversationId, project: () => removed },
    IdentityAttached: renamed,
    ProfileNameChanged: renamed,
    ContactRenamed: renamed,
    AttributeSet: renamed,
    AttributeCleared: renamed,
    VipMarked: vipChanged,
    VipUnmarked: vipChanged,
  },
});

function shownOf(side: Contacts, contactId: string): Pick<QueueDocument, 'name' | 'vip'> {
  const contact = side.get(contactId);
  return contact ? { name: nameOf(contact), vip: contact.vip } : { name: null, vip: false };
}

function onChannel(
  { channelIds }: QueueDocument,
  { channelId, medium }: Pick<QueueDocument, 'channelId' | 'medium'>,
): Pick<QueueDocument, 'channelId' | 'medium' | 'channelIds'> {
  return { channelId, medium, channelIds: withChannel(channelIds, channelId) };
}

function withChannel(channelIds: readonly string[], channelId: string): readonly string[] {
  return channelIds.includes(channelId) ? channelIds : [...channelIds, channelId];
}
