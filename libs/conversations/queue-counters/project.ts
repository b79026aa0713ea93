import type { ContactEvent } from '#contacts/contact';
import { defineProjection, removed } from '#event-sourcing';
import type { DomainEvent, ProjectionStep, ProjectionSteps, RecordedEvent, SideDocuments } from '#event-sourcing';
import { parseConversationId } from '../conversation/events.js';
import type { ConversationEvent } from '../conversation/events.js';
import { waitingAfter, waitingOnceOpened } from '../conversation/waiting.js';
import { queueCountersIndexes, queueCountersModel, queueCountersSchema } from './document.js';
import type { ClosedOnes, CountedContact, Facets, QueueCounterDocument } from './document.js';

/** At which a contact is forgotten; the part of `deleted-contacts` that the counters read. */
type ContactsForgotten = DomainEvent<'ContactDeleted', { readonly contactIds: readonly string[] }>;

type CountedEvent =
  | Extract<
      ConversationEvent,
      {
        type:
          | 'ConversationOpened'
          | 'MessageReceived'
          | 'WelcomeReceived'
          | 'ReplyWritten'
          | 'ConversationAnswered'
          | 'WaitingResumed'
          | 'WaitingTakenOver'
          | 'ConversationDivided'
          | 'MessagesGivenBack'
          | 'ConversationSnoozed'
          | 'SnoozeEnded'
          | 'ConversationAssigned'
          | 'ConversationUnassigned'
          | 'ConversationClosed'
          | 'AgentMentioned';
      }
    >
  | Extract<ContactEvent, { type: 'VipMarked' | 'VipUnmarked' }>
  | ContactsForgotten;

const uncounted: CountedContact = { vip: false, open: null, closed: [] };

function contactIdsOf({ data }: RecordedEvent<CountedEvent>): readonly string[] {
  if ('contactIds' in data) return data.contactIds;
  if (!('from' in data)) return [data.contactId];
  // What an undone merge gives back, it takes from conversations of another contact.
  const givers = data.from.flatMap(({ conversationId }) => parseConversationId(conversationId)?.contactId ?? []);
  return [...new Set([data.contactId, ...givers])];
}

function side<E extends CountedEvent>(
  change: (contact: CountedContact, event: RecordedEvent<E>, id: string) => Partial<CountedContact>,
): ProjectionStep<CountedContact, E, CountedContact> {
  return {
    key: contactIdsOf,
    project(contact = uncounted, event, { id }) {
      const changed = { ...contact, ...change(contact, event, id) };
      return changed.open || changed.vip || changed.closed.length > 0 ? changed : removed;
    },
  };
}

/** A step on the open conversation, if the contact has one. */
function counted<E extends CountedEvent>(
  change: (open: Facets, event: RecordedEvent<E>) => Partial<Facets>,
): ProjectionStep<CountedContact, E, CountedContact> {
  return side(({ open }, event) => (open ? { open: { ...open, ...change(open, event) } } : {}));
}

const sideSteps: Required<ProjectionSteps<CountedContact, CountedEvent, CountedContact>> = {
  ConversationOpened: side((_contact, event) => ({
    open: { ...waitingOnceOpened(event), channelIds: [event.data.channelId], userId: null, teamId: null, mentions: [] },
  })),
  MessageReceived: counted((open, event) => ({
    ...waitingAfter(open, event),
    channelIds: withChannel(open.channelIds, event.data.channelId),
  })),
  WelcomeReceived: counted(({ channelIds }, { data }) => ({ channelIds: withChannel(channelIds, data.channelId) })),
  ReplyWritten: counted(({ channelIds }, { data }) => ({ channelIds: withChannel(channelIds, data.channelId) })),
  ConversationAnswered: counted((open, event) => waitingAfter(open, event)),
  WaitingResumed: counted((open, event) => waitingAfter(open, event)),
  WaitingTakenOver: counted((open, event) => waitingAfter(open, event)),
  ConversationSnoozed: counted((open, event) => waitingAfter(open, event)),
  SnoozeEnded: counted((open, event) => waitingAfter(open, event)),
  ConversationDivided: counted((open, event) => {
    const { stays } = event.data;
    if (!stays) return {};
    const channelIds = open.channelIds.filter((id) => stays.channelIds.includes(id));
    return { ...waitingAfter(open, event), channelIds };
  }),
  MessagesGivenBack: side(({ open, closed }, { data: { contactId, from } }, id) => {
    if (id !== contactId) return { closed: from.reduce(withoutGiven, closed) };
    const channelIds = from.flatMap((given) => given.channelIds);
    return open ? { open: { ...open, channelIds: channelIds.reduce(withChannel, open.channelIds) } } : {};
  }),
  AgentMentioned: counted(({ mentions }, { data: { userId } }) => ({
    mentions: mentions.includes(userId) ? mentions : [...mentions, userId],
  })),
  ConversationAssigned: counted((_open, { data }) => ({ userId: data.userId ?? null, teamId: data.teamId ?? null })),
  ConversationUnassigned: counted(({ userId, teamId }, { data }) => ({
    userId: data.userId === userId ? null : userId,
    teamId: data.teamId === teamId ? null : teamId,
  })),
  ConversationClosed: side(({ open, closed }, { data: { conversationId } }) => ({
    open: null,
    closed: open ? withClosed(closed, numberOf(conversationId), open.channelIds) : closed,
  })),
  VipMarked: side(() => ({ vip: true })),
  VipUnmarked: side(() => ({ vip: false })),
  ContactDeleted: side(() => uncounted),
};

interface Seen {
  readonly side: SideDocuments<CountedContact>;
  readonly before: SideDocuments<CountedContact>;
}

/** Takes the conversation out of the counters that it no longer belongs to, and into those that it does. */
const recount: ProjectionStep<QueueCounterDocument, CountedEvent, CountedContact> = {
  key: (event, side, before) => [...differences(event, { side, before }).keys()],
  project(counter, event, { id, ...seen }) {
    const difference = differences(event, seen).get(id);
    if (!difference) return counter;
    const count = (counter?.count ?? 0) + difference.by;
    return count === 0 ? removed : { channelIds: difference.channelIds, kind: difference.kind, count };
  },
};

/** Exact counters of the conversations, kept by their events (ASG-10). They tell nothing of anybody. */
export const queueCountersProjection = defineProjection<QueueCounterDocument, CountedEvent, CountedContact>({
  name: queueCountersModel,
  schema: queueCountersSchema,
  indexes: queueCountersIndexes,
  owners: () => [],
  side: {
    // Opaque ids and channels. Gone before its step, an erased contact could not be taken out of the counters.
    owners: () => [],
    load: contactIdsOf,
    on: sideSteps,
  },
  on: {
    ConversationOpened: recount,
    MessageReceived: recount,
    WelcomeReceived: recount,
    ReplyWritten: recount,
    ConversationAnswered: recount,
    WaitingResumed: recount,
    WaitingTakenOver: recount,
    ConversationDivided: recount,
    MessagesGivenBack: recount,
    ConversationSnoozed: recount,
    SnoozeEnded: recount,
    ConversationAssigned: recount,
    ConversationUnassigned: recount,
    ConversationClosed: recount,
    VipMarked: recount,
    VipUnmarked: recount,
    AgentMentioned: recount,
    ContactDeleted: recount,
  },
});

interface Difference {
  readonly channelIds: readonly string[];
  readonly kind: string;
  readonly by: number;
}

function differences(event: RecordedEvent<CountedEvent>, { side, before }: Seen): ReadonlyMap<string, Difference> {
  const found = new Map<string, Difference>();
  const count = (kind: string, channelIds: readonly string[], by: number): void => {
    const id = `${kind} on ${channelIds.join(' ')}`;
    found.set(id, { channelIds, kind, by: (found.get(id)?.by ?? 0) + by });
  };
  const add = (contact: CountedContact | undefined, by: 1 | -1): void => {
    const { open, vip, closed } = contact ?? uncounted;
    for (const { channelIds, numbers } of closed) count('closed', channelIds, by * numbers.length);
    if (!open) return;
    const channelIds = [...open.channelIds].sort();
    for (const kind of kindsOf(open, vip)) count(kind, channelIds, by);
  };
  for (const contactId of contactIdsOf(event)) {
    add(before.get(contactId), -1);
    add(side.get(contactId), 1);
  }
  return new Map([...found].filter(([, { by }]) => by !== 0));
}

function kindsOf({ status, userId, teamId, mentions }: Facets, vip: boolean): readonly string[] {
  return [
    'open',
    status,
    ...(userId === null && teamId === null ? ['unassigned'] : []),
    ...(userId === null ? [] : [`user ${userId}`]),
    ...(teamId === null ? [] : [`team ${teamId}`]),
    ...(vip ? ['vip'] : []),
    ...mentions.map((mentioned) => `mentioned ${mentioned}`),
  ];
}

function withChannel(channelIds: readonly string[], channelId: string): readonly string[] {
  return channelIds.includes(channelId) ? channelIds : [...channelIds, channelId];
}

const numberOf = (conversationId: string): number => parseConversationId(conversationId)?.number ?? 0;

/** The conversation with this number, among those on the same channels. */
function withClosed(closed: readonly ClosedOnes[], number: number, channels: readonly string[]): readonly ClosedOnes[] {
  const channelIds = [...channels].sort();
  const others = closed
    .map((ones) => ({ ...ones, numbers: ones.numbers.filter((one) => one !== number) }))
    .filter(({ numbers }) => numbers.length > 0);
  const place = others.findIndex((ones) => ones.channelIds.join(' ') === channelIds.join(' '));
  const before = others[place]?.numbers ?? [];
  const now = { channelIds, numbers: [...before, number] };
  return place < 0 ? [...others, now] : others.with(place, now);
}

/** What is left of a closed conversation that gave messages back; of one that is open another event tells. */
function withoutGiven(
  closed: readonly ClosedOnes[],
  { conversationId, left }: { readonly conversationId: string; readonly left: readonly string[] },
): readonly ClosedOnes[] {
  const number = numberOf(conversationId);
  const known = closed.find(({ numbers }) => numbers.includes(number));
  if (!known) return closed;
  return withClosed(
    closed,
    number,
    known.channelIds.filter((id) => left.includes(id)),
  );
}
