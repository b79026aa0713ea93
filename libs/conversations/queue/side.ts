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
import type { OpenOnes, QueuedContact, QueueSide, Ranking } from './document.js';

export type QueueEvent =
  | ConversationEvent
  | ProfileEvent
  | PriorityEvent
  | GroupsEvent
  | ComputationEvent
  | ContactDeleted
  | Extract<SettingsEvent, { type: 'WaitingWeightSet' }>
  | Extract<AttributesEvent, { type: 'AttributeEnabled' | 'AttributeDisabled' }>;

export const rankingId = 'ranking';

const nothingRanks: Ranking = { kind: 'ranking', scores: [], pointsPerMinute: 0, vipEnabled: true, groups: [] };
const unknown: QueuedContact = { kind: 'contact', openConversationId: null, profile: null };

/** How many documents the open conversations are spread over: at 100,000 of them, 400 in each. */
const spread = 256;
const openIds = Array.from({ length: spread }, (_, index) => `open ${index}`);

/** In force, before, being computed: what `group-members` keeps too. */
const mostVersions = 3;

export const rankingIn = (side: SideDocuments<QueueSide>): Ranking => {
  const ranking = side.get(rankingId);
  return ranking?.kind === 'ranking' ? ranking : nothingRanks;
};

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

/** Every open conversation: known to a step on an event for which `load` names them all. */
export function allOpen(side: SideDocuments<QueueSide>): readonly string[] {
  return [...side.values()].flatMap((document) => (document.kind === 'open' ? document.conversationIds : []));
}

/** The queue's own copy of what ranks and names conversations, folded from the same events (decision 9). */
export const queueSide: SideDefinition<QueueSide, QueueEvent> = {
  owners: (id, { kind }) => (kind === 'contact' ? [id] : []),
  load: (event) => {
    const contactIds = contactsNamed(event.data);
    if (contactIds.length > 0) return [rankingId, ...contactIds];
    return isOfOtherAttribute(event) ? [] : [rankingId, ...openIds];
  },
  neighbours: (document) => (document.kind === 'contact' && document.profile ? mergedWith(document.profile) : []),
  on: {
    ...profileSteps<QueueSide, never>({
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
    PriorityScoreAdded: rank((ranking, event) => ({ scores: evolveScores(ranking.scores, event) })),
    PriorityPointsSet: rank((ranking, event) => ({ scores: evolveScores(ranking.scores, event) })),
    PriorityScoreArchived: rank((ranking, event) => ({ scores: evolveScores(ranking.scores, event) })),
    WaitingWeightSet: rank((_ranking, { data }) => ({ pointsPerMinute: data.pointsPerMinute })),
    AttributeEnabled: rank((ranking, { data }) => ({ vipEnabled: data.alias === 'vip' || ranking.vipEnabled })),
    AttributeDisabled: rank((ranking, { data }) => ({ vipEnabled: data.alias !== 'vip' && ranking.vipEnabled })),
    ContactGroupDefined: rank(({ groups }, { data: { groupId, version, condition, day, vipEnabled } }) => ({
      groups: [...groups, { groupId, effective: version, versions: [{ version, condition, day, vipEnabled }] }],
    })),
    ContactGroupConditionChanged: group(({ versions }, { version, condition, day, vipEnabled }) => ({
      versions: [...versions, { version, condition, day, vipEnabled }].slice(-mostVersions),
    })),
    ContactGroupCircumstancesChanged: group(({ versions }, { version, day, vipEnabled }) => {
      const newest = versions.at(-1);
      if (!newest) return {};
      return { versions: [...versions, { ...newest, version, day, vipEnabled }].slice(-mostVersions) };
    }),
    ContactGroupTookEffect: group((_group, { version }) => ({ effective: version })),
    ContactGroupArchived: rank(({ groups }, { data }) => ({
      groups: groups.filter(({ groupId }) => groupId !== data.groupId),
    })),
  },
};

/** No attribute but `vip` ranks anybody. */
const isOfOtherAttribute = ({ type, data }: Recorded<QueueEvent>): boolean =>
  (type === 'AttributeEnabled' || type === 'AttributeDisabled') && data.alias !== 'vip';

function rank<E extends DomainEvent>(
  change: (ranking: Ranking, event: RecordedEvent<E>) => Partial<Ranking>,
): ProjectionStep<QueueSide, E, never> {
  return {
    key: () => rankingId,
    project: (ranking = nothingRanks, event) =>
      ranking.kind === 'ranking' ? { ...ranking, ...change(ranking, event) } : ranking,
  };
}

type RankingGroup = Ranking['groups'][number];

function group<E extends Extract<GroupsEvent, { data: { version: number } }>>(
  change: (group: RankingGroup, data: E['data']) => Partial<RankingGroup>,
): ProjectionStep<QueueSide, E, never> {
  return rank(({ groups }, { data }) => ({
    groups: groups.map((known) => (known.groupId === data.groupId ? { ...known, ...change(known, data) } : known)),
  }));
}

type OpenOrClose = Extract<ConversationEvent, { type: 'ConversationOpened' | 'ConversationClosed' }>;

/** The contact knows its open conversation, and one of the lists of all open ones holds it. */
function openOne(
  list: (ids: readonly string[], conversationId: string) => readonly string[],
  open: (conversationId: string) => string | null,
): ProjectionStep<QueueSide, OpenOrClose, never> {
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
  return openIds[hash % spread] ?? '';
}
