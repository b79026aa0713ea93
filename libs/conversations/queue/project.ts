import { matches } from '#contact-groups/condition';
import { vipGroupId } from '#contact-groups/groups';
import { membershipOf, traitsOf } from '#contact-groups/members';
import { namingOf, profileSteps } from '#contacts/contact-profile';
import { defineProjection, removed } from '#event-sourcing';
import type { AnyProjection, DomainEvent, ProjectionStep, RecordedEvent, SideDocuments } from '#event-sourcing';
import { waitingAfter, waitingOnceOpened } from '../conversation/waiting.js';
import { queueIndexes, queueModel, queueSchema } from './document.js';
import type { QueueDocument, QueueSide } from './document.js';
import { placed, replaced } from './place.js';
import type { Unranked } from './place.js';
import { rankingIn, ranksAlike } from './ranking.js';
import { allOpen, openOf, queueSide, wholeIn } from './side.js';
import type { QueueEvent } from './side.js';

type OfConversation = DomainEvent<string, { readonly conversationId: string }>;
type Side = SideDocuments<QueueSide>;

/** A step on a conversation that is in the queue. */
function change<E extends OfConversation>(
  changes: (document: QueueDocument, event: RecordedEvent<E>) => Partial<Unranked>,
): ProjectionStep<QueueDocument, E, QueueSide> {
  return {
    key: ({ data }) => data.conversationId,
    project: (document, event, { side }) =>
      document && placed({ ...document, ...changes(document, event) }, rankingIn(side), document.ranks),
  };
}

/** A step on every open conversation, when the rules that rank them are others at once. */
const rerank: ProjectionStep<QueueDocument, DomainEvent, QueueSide> = {
  key(_event, side, before) {
    const [ranking, stood] = [rankingIn(side), rankingIn(before)];
    return ranksAlike(ranking.rules, stood.rules) ? [] : allOpen(side);
  },
  project: (document, _event, { side }) => document && replaced(document, rankingIn(side)),
};

/** Some of the open conversations get their place in the order that is being computed (decision 10). */
const rankNext: ProjectionStep<QueueDocument, DomainEvent, QueueSide> = {
  key: (_event, side, before) => (rankingIn(side).next?.ranked === rankingIn(before).next?.ranked ? [] : allOpen(side)),
  project: rerank.project,
};

/** How many open conversations a change of what ranks them may touch at once (decision 10). */
const mostAtOnce = 1_000;

/** The open conversations in the order of their rank (ASG-9, CNV-10). */
export const queueProjection = queueProjectionOf(mostAtOnce);

/** `mostAtOnce`: when more are open, a change of what ranks them is computed by parts while the old order answers. */
export function queueProjectionOf(mostAtOnce: number): AnyProjection {
  return defineProjection<QueueDocument, QueueEvent, QueueSide>({
    name: queueModel,
    schema: queueSchema,
    indexes: queueIndexes,
    owners: (_id, { contactIds }) => contactIds,
    side: queueSide(mostAtOnce),
    on: {
      ConversationOpened: {
        key: ({ data }) => data.conversationId,
        project: (_document, event, { side }) =>
          placed(
            {
              contactId: event.data.contactId,
              ...shownOf(event.data.contactId, side),
              ...waitingOnceOpened(event),
              userId: null,
              teamId: null,
              channelId: event.data.channelId,
              medium: event.data.medium,
              channelIds: [event.data.channelId],
              topics: [],
              mentions: [],
              openedAt: event.metadata.at,
            },
            rankingIn(side),
            undefined,
          ),
      },
      MessageReceived: change((document, event) => ({
        ...waitingAfter(document, event),
        ...onChannel(document, event.data),
      })),
      WelcomeReceived: change((document, { data }) => onChannel(document, data)),
      ReplyWritten: change(({ channelIds }, { data }) => ({ channelIds: withChannel(channelIds, data.channelId) })),
      WaitingTakenOver: change((document, event) => waitingAfter(document, event)),
      ConversationDivided: change((document, event) => {
        const { stays } = event.data;
        if (!stays) return {};
        const { channelId, medium } = stays.current;
        const left = document.channelIds.filter((id) => stays.channelIds.includes(id));
        return { ...waitingAfter(document, event), channelId, medium, channelIds: left };
      }),
      MessagesGivenBack: change(({ channelIds }, { data: { from } }) => ({
        channelIds: from.flatMap((given) => given.channelIds).reduce(withChannel, channelIds),
      })),
      ConversationAnswered: change((document, event) => waitingAfter(document, event)),
      WaitingResumed: change((document, event) => waitingAfter(document, event)),
      ConversationSnoozed: change((document, event) => waitingAfter(document, event)),
      SnoozeEnded: change((document, event) => waitingAfter(document, event)),
      TopicAdded: change(({ topics }, { data }) => ({ topics: [...topics, data.topicId] })),
      TopicRemoved: change(({ topics }, { data }) => ({ topics: topics.filter((id) => id !== data.topicId) })),
      AgentMentioned: change(({ mentions }, { data: { userId } }) => ({
        mentions: mentions.includes(userId) ? mentions : [...mentions, userId],
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
      ...profileSteps<QueueDocument, QueueSide>({
        key: ({ data }, side) => openOf(side, data.contactId),
        project: (document, _event, { side }) => document && shown(document, side),
      }),
      ContactGroupMembersFound: {
        key: ({ data }, side) => data.contactIds.flatMap((id) => openOf(side, id)),
        project: (document, _event, { side }) => document && shown(document, side),
      },
      PriorityScoreAdded: rerank,
      PriorityPointsSet: rerank,
      PriorityScoreArchived: rerank,
      WaitingWeightSet: rerank,
      AttributeEnabled: rerank,
      AttributeDisabled: rerank,
      ContactGroupTookEffect: rerank,
      ContactGroupArchived: rerank,
      OpenConversationsRanked: rankNext,
    },
  });
}

function shown(document: QueueDocument, side: Side): QueueDocument {
  return placed({ ...document, ...shownOf(document.contactId, side) }, rankingIn(side), document.ranks);
}

function shownOf(contactId: string, side: Side): Pick<QueueDocument, 'contactIds' | 'naming' | 'vip' | 'memberships'> {
  const whole = wholeIn(side, contactId);
  if (!whole) return { contactIds: [contactId], naming: nameless, vip: false, memberships: [] };
  const { contactId: speakerId, profile } = whole;
  const spokenFor = [...new Set([...whole.contactIds, contactId])].filter((id) => id !== speakerId);
  const { groups } = rankingIn(side);
  const traits = traitsOf(profile);
  const memberships = groups.flatMap(({ groupId, versions }) =>
    versions
      .filter((terms) => matches(terms.condition, traits, terms))
      .map(({ version }) => membershipOf(groupId, version)),
  );
  const { vip } = profile;
  return {
    contactIds: [speakerId, ...spokenFor],
    naming: namingOf(profile),
    vip,
    memberships: vip ? [vipGroupId, ...memberships] : memberships,
  };
}

/** Of whom nothing is known yet. */
const nameless = { givenName: null, values: [], identities: [] };

function onChannel(
  { channelIds }: QueueDocument,
  { channelId, medium }: Pick<QueueDocument, 'channelId' | 'medium'>,
): Pick<QueueDocument, 'channelId' | 'medium' | 'channelIds'> {
  return { channelId, medium, channelIds: withChannel(channelIds, channelId) };
}

function withChannel(channelIds: readonly string[], channelId: string): readonly string[] {
  return channelIds.includes(channelId) ? channelIds : [...channelIds, channelId];
}
