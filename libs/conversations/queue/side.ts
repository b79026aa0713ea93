import type { AttributesEvent } from '#attributes/attributes';
import type { ComputationEvent } from '#contact-groups/computation';
import type { GroupsEvent } from '#contact-groups/groups';
import { contactsNamed, evolveProfile, mergedWith, profileSteps, wholeProfile } from '#contacts/contact-profile';
import type { ProfileEvent, WholeProfile } from '#contacts/contact-profile';
import type { ContactDeleted } from '#deletion-audit/audit';
import { removed } from '#event-sourcing';
import type {
  DomainEvent,
  ProjectionStep,
  Recorded,
  RecordedEvent,
  SideDefinition,
  SideDocuments,
} from '#event-sourcing';
import type { SettingsEvent } from '#settings/settings';
import type { ConversationEvent } from '../conversation/events.js';
import { evolveScores } from '../priority/index.js';
import type { PriorityEvent } from '../priority/index.js';
import { partsOfOpen } from '../ranking/index.js';
import type { RankingEvent } from '../ranking/index.js';
import type { OpenOnes, QueuedContact, QueueSide, Ranking, RankRules } from './document.js';
import { nothingRanks, pruned, rankingId, switched, withPart, withRules } from './ranking.js';

export type QueueEvent =
  | ConversationEvent
  | ProfileEvent
  | PriorityEvent
  | RankingEvent
  | GroupsEvent
  | ComputationEvent
  | ContactDeleted
  | Extract<SettingsEvent, { type: 'WaitingWeightSet' }>
  | Extract<AttributesEvent, { type: 'AttributeEnabled' | 'AttributeDisabled' }>;

const unknown: QueuedContact = { kind: 'contact', openConversationId: null, profile: null };

/** Where the open conversations are, a document for each part: at 100,000 of them, 400 in each. */
const openIds = Array.from({ length: partsOfOpen }, (_, index) => `open ${index}`);

export const contactIn = (side: SideDocuments<QueueSide>, contactId: string): QueuedContact => {
  const contact = side.get(contactId);
  return contact?.kind === 'contact' ? contact : unknown;
};

/** Who speaks for the contact, with all that was merged into it. */
export function wholeIn(side: SideDocuments<QueueSide>, contactId: string): WholeProfile | undefined {
  return wholeProfile(contactId, (id) => contactIn(side, id).profile ?? undefined);
}

/** Open conversations of the contact, of who speaks for it, and of all others whom they speak for. */
export function openOf(side: SideDocuments<QueueSide>, contactId: string): readonly string[] {
  const ids = new Set([contactId, ...(wholeIn(side, contactId)?.contactIds ?? [])]);
  return [...ids].flatMap((id) => contactIn(side, id).openConversationId ?? []);
}

/** The open conversations of the parts that `load` names for the event. */
export function allOpen(side: SideDocuments<QueueSide>): readonly string[] {
  return [...side.values()].flatMap((document) => (document.kind === 'open' ? document.conversationIds : []));
}

/** The queue's own copy of what ranks and names conversations, folded from the same events (decision 9). */
export function queueSide(mostAtOnce: number): SideDefinition<QueueSide, QueueEvent> {
  /** A step on the rules, and on the groups that are asked for. */
  function rules<E extends DomainEvent>(
    change: (rules: RankRules, event: RecordedEvent<E>) => Partial<RankRules>,
    asked: (groups: Ranking['groups'], event: RecordedEvent<E>) => Ranking['groups'] = (groups) => groups,
  ): ProjectionStep<QueueSide, E, QueueSide> {
    return ranked((ranking, event, before) => {
      const circumstances = { id: event.id, open: allOpen(before).length, mostAtOnce };
      const after = withRules(ranking, (known) => change(known, event), circumstances);
      return { ...after, groups: asked(after.groups, event) };
    });
  }

  return {
    owners: (id, { kind }) => (kind === 'contact' ? [id] : []),
    load: (event) => {
      const contactIds = contactsNamed(event.data);
      if (contactIds.length > 0) return [rankingId, ...contactIds];
      if (event.type === 'OpenConversationsRanked') {
        return [rankingId, ...openIds.slice(event.data.from, event.data.to)];
      }
      return isOfOtherAttribute(event) ? [] : [rankingId, ...openIds];
    },
    neighbours: (document) => (document.kind === 'contact' && document.profile ? mergedWith(document.profile) : []),
    on: {
      ...profileSteps<QueueSide, QueueSide>({
        key: ({ data }) => data.contactId,
        project(contact = unknown, event) {
          if (contact.kind !== 'contact') return contact;
          const profile = evolveProfile(contact.profile ?? undefined, event) ?? null;
          return profile === contact.profile ? contact : { ...contact, profile };
        },
      }),
      ContactDeletionRequested: {
        key: ({ data }) => [data.contactId, listOf(data.contactId)],
        project(document, { data: { contactId } }, { id }) {
          if (id === contactId) return document?.kind === 'contact' ? { ...document, profile: null } : document;
          if (document?.kind !== 'open') return document;
          const others = document.conversationIds.filter((open) => !open.startsWith(`${contactId}.`));
          return others.length > 0 ? { kind: 'open', conversationIds: others } : removed;
        },
      },
      // Changed once more, the list no longer remembers what it was before the deletion was requested.
      ContactDeleted: {
        key: ({ data }) => data.contactIds.map(listOf),
        project: (list) => list && { ...list },
      },
      ConversationOpened: openOne(
        (ids, conversationId) => [...ids, conversationId],
        (id) => id,
      ),
      ConversationClosed: openOne(
        (ids, conversationId) => ids.filter((id) => id !== conversationId),
        () => null,
      ),
      PriorityScoreAdded: rules(({ scores }, event) => ({ scores: evolveScores(scores, event) })),
      PriorityPointsSet: rules(({ scores }, event) => ({ scores: evolveScores(scores, event) })),
      PriorityScoreArchived: rules(({ scores }, event) => ({ scores: evolveScores(scores, event) })),
      WaitingWeightSet: rules((_rules, { data: { pointsPerMinute } }) => ({ pointsPerMinute })),
      AttributeEnabled: rules(({ vipEnabled }, { data }) => ({ vipEnabled: data.alias === 'vip' || vipEnabled })),
      AttributeDisabled: rules(({ vipEnabled }, { data }) => ({ vipEnabled: data.alias !== 'vip' && vipEnabled })),
      ContactGroupDefined: rules(
        ({ groups }, { data: { groupId, version } }) => ({ groups: [...groups, { groupId, version }] }),
        (asked, { data: { groupId, version, condition, day, vipEnabled } }) => [
          ...asked,
          { groupId, versions: [{ version, condition, day, vipEnabled }] },
        ],
      ),
      ContactGroupConditionChanged: asking((versions, { version, condition, day, vipEnabled }) => [
        ...versions,
        { version, condition, day, vipEnabled },
      ]),
      ContactGroupCircumstancesChanged: asking((versions, { version, day, vipEnabled }) => {
        const newest = versions.at(-1);
        return newest ? [...versions, { ...newest, version, day, vipEnabled }] : versions;
      }),
      ContactGroupTookEffect: rules(({ groups }, { data: { groupId, version } }) => ({
        groups: groups.map((known) => (known.groupId === groupId ? { groupId, version } : known)),
      })),
      ContactGroupArchived: rules(({ groups }, { data }) => ({
        groups: groups.filter(({ groupId }) => groupId !== data.groupId),
      })),
      OpenConversationsRanked: ranked((ranking, { data }) => withPart(ranking, data)),
      QueueRankingTookEffect: ranked((ranking, { data, position }) => switched(ranking, data.version, position)),
    },
  };
}

/** No attribute but `vip` ranks anybody. */
const isOfOtherAttribute = ({ type, data }: Recorded<QueueEvent>): boolean =>
  (type === 'AttributeEnabled' || type === 'AttributeDisabled') && data.alias !== 'vip';

/** A step on what ranks conversations. */
function ranked<E extends DomainEvent>(
  change: (ranking: Ranking, event: RecordedEvent<E>, before: SideDocuments<QueueSide>) => Ranking,
): ProjectionStep<QueueSide, E, QueueSide> {
  return {
    key: () => rankingId,
    project: (ranking = nothingRanks, event, { before }) =>
      ranking.kind === 'ranking' ? pruned(change(ranking, event, before)) : ranking,
  };
}

type Asked = Ranking['groups'];

function asking<E extends Extract<GroupsEvent, { data: { version: number } }>>(
  change: (versions: Asked[number]['versions'], data: E['data']) => Asked[number]['versions'],
): ProjectionStep<QueueSide, E, QueueSide> {
  return ranked((ranking, { data }) => ({
    ...ranking,
    groups: ranking.groups.map(({ groupId, versions }) => ({
      groupId,
      versions: groupId === data.groupId ? change(versions, data) : versions,
    })),
  }));
}

type OpenOrClose = Extract<ConversationEvent, { type: 'ConversationOpened' | 'ConversationClosed' }>;

/** The contact knows its open conversation, and one of the lists of all open ones holds it. */
function openOne(
  list: (ids: readonly string[], conversationId: string) => readonly string[],
  open: (conversationId: string) => string | null,
): ProjectionStep<QueueSide, OpenOrClose, QueueSide> {
  return {
    key: ({ data }) => [data.contactId, listOf(data.contactId)],
    project(document, { data: { contactId, conversationId } }, { id }) {
      if (id === contactId) {
        const contact = document?.kind === 'contact' ? document : unknown;
        return { ...contact, openConversationId: open(conversationId) };
      }
      const ids: OpenOnes['conversationIds'] = document?.kind === 'open' ? document.conversationIds : [];
      const conversationIds = list(ids, conversationId);
      return conversationIds.length > 0 ? { kind: 'open', conversationIds } : removed;
    },
  };
}

/** By contact, so that an erasure finds its list too. */
function listOf(contactId: string): string {
  let hash = 0;
  for (const character of contactId) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000_007;
  return openIds[hash % partsOfOpen] ?? '';
}
