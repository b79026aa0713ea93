import { matches } from '#contact-groups/condition';
import { vipGroupId } from '#contact-groups/groups';
import { membershipOf, traitsOf } from '#contact-groups/members';
import { namingOf, profileSteps } from '#contacts/contact-profile';
import { defineProjection, removed } from '#event-sourcing';
import type { DomainEvent, ProjectionStep, RecordedEvent, SideDocuments } from '#event-sourcing';
import { waitingAfter, waitingOnceOpened } from '../conversation/waiting.js';
import { matchingScores, rankKey } from '../priority/index.js';
import { queueIndexes, queueModel, queueSchema } from './document.js';
import type { QueueDocument, QueueSide, Ranking } from './document.js';
import { allOpen, openOf, queueSide, rankingIn, wholeIn } from './side.js';
import type { QueueEvent } from './side.js';

type OfConversation = DomainEvent<string, { readonly conversationId: string }>;
type Side = SideDocuments<QueueSide>;
/** A document before its place in the order is known. */
type Unranked = Omit<QueueDocument, 'score' | 'rankFirst' | 'rankSecond'>;

/** A step on a conversation that is in the queue. */
function change<E extends OfConversation>(
  changes: (document: QueueDocument, event: RecordedEvent<E>) => Partial<Unranked>,
): ProjectionStep<QueueDocument, E, QueueSide> {
  return {
    key: ({ data }) => data.conversationId,
    project: (document, event, { side }) =>
      document && ranked({ ...document, ...changes(document, event) }, rankingIn(side)),
  };
}

/** A step on every open conversation, when what ranks them has changed. Most changes of groups rank nothing. */
function rerank<E extends DomainEvent>(
  concerns: (event: RecordedEvent<E>, ranking: Ranking) => boolean,
): ProjectionStep<QueueDocument, E, QueueSide> {
  return {
    key: (event, side) => (concerns(event, rankingIn(side)) ? allOpen(side) : []),
    project: (document, _event, { side }) => document && moved(document, ranked(document, rankingIn(side))),
  };
}

const always = rerank(() => true);
const ofVip = rerank<DomainEvent<string, { readonly alias: string }>>(({ data }) => data.alias === 'vip');
const ofRankingGroup = rerank<DomainEvent<string, { readonly groupId: string }>>(({ data }, { scores }) =>
  scores.some(({ archived, terms }) => !archived && terms.group === data.groupId),
);

/** The open conversations in the order of their rank (ASG-9, CNV-10). */
export const queueProjection = defineProjection<QueueDocument, QueueEvent, QueueSide>({
  name: queueModel,
  schema: queueSchema,
  indexes: queueIndexes,
  owners: (_id, { contactIds }) => contactIds,
  side: queueSide,
  on: {
    ConversationOpened: {
      key: ({ data }) => data.conversationId,
      project: (_document, event, { side }) =>
        ranked(
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
    PriorityScoreAdded: always,
    PriorityPointsSet: always,
    PriorityScoreArchived: always,
    WaitingWeightSet: always,
    AttributeEnabled: ofVip,
    AttributeDisabled: ofVip,
    ContactGroupTookEffect: ofRankingGroup,
    ContactGroupArchived: ofRankingGroup,
  },
});

function shown(document: QueueDocument, side: Side): QueueDocument {
  return ranked({ ...document, ...shownOf(document.contactId, side) }, rankingIn(side));
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

function ranked(document: Unranked, ranking: Ranking): QueueDocument {
  const groups = groupsInForce(document, ranking);
  const matching = matchingScores(ranking.scores, { groups, topics: document.topics, channelId: document.channelId });
  const score = matching.reduce((sum, { points }) => sum + points, 0);
  return { ...document, score, ...rankKey(score, waitingNow(document), ranking.pointsPerMinute) };
}

/** The same document when it stays where it was: most changes rank few, and what is not changed is not written. */
function moved(before: QueueDocument, after: QueueDocument): QueueDocument {
  const stays =
    after.score === before.score && after.rankFirst === before.rankFirst && after.rankSecond === before.rankSecond;
  return stays ? before : after;
}

function groupsInForce({ memberships }: Unranked, { groups, vipEnabled }: Ranking): readonly string[] {
  const held = new Set(memberships);
  const found = groups.filter(({ groupId, effective }) => held.has(membershipOf(groupId, effective)));
  const vip = vipEnabled && held.has(vipGroupId);
  return [...(vip ? [vipGroupId] : []), ...found.map(({ groupId }) => groupId)];
}

/** Whoever is put aside until later is not ahead of anybody meanwhile. */
const waitingNow = ({ status, waitingSince }: Unranked): string | null => (status === 'new' ? waitingSince : null);

function onChannel(
  { channelIds }: QueueDocument,
  { channelId, medium }: Pick<QueueDocument, 'channelId' | 'medium'>,
): Pick<QueueDocument, 'channelId' | 'medium' | 'channelIds'> {
  return { channelId, medium, channelIds: withChannel(channelIds, channelId) };
}

function withChannel(channelIds: readonly string[], channelId: string): readonly string[] {
  return channelIds.includes(channelId) ? channelIds : [...channelIds, channelId];
}
