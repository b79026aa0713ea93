import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ContactEvent } from '#contacts/contact';
import type { RecordedEvent } from '#event-sourcing';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import { projections } from '#product';
import { openedBy } from '../conversations/queue/next-order.fixtures.js';

const people = ['ada', 'bob', 'cid', 'dee'];
const models = ['group-members', 'search-contacts', 'links', 'link-values', 'queue'];
const merging = new Set<string>(['ContactHandedOver', 'ContactGivenBack', 'ContactsMerged', 'MergeUndone']);

const group = {
  type: 'ContactGroupDefined',
  data: {
    groupId: 'g',
    name: 'Gold in Delft',
    version: 1,
    condition: {
      all: [
        { field: 'attribute.tier', operator: 'is', value: 'gold' },
        { field: 'attribute.city', operator: 'is', value: 'Delft' },
      ],
    },
    day: '2026-11-21',
    vipEnabled: true,
  },
};

const introduced = people.flatMap((contactId) => [
  { type: 'ContactCreated', data: { contactId, createdBy: 'ann' } },
  {
    type: 'IdentityAttached',
    data: { contactId, identityKey: `key ${contactId}`, medium: 'custom', idScope: 'shop', externalUserId: contactId },
  },
  openedBy(contactId),
]);

type Step =
  | { readonly kind: 'set'; readonly who: number; readonly alias: string; readonly value: string }
  | { readonly kind: 'seen'; readonly who: number; readonly channelId: string }
  | { readonly kind: 'merge'; readonly who: number; readonly other: number; readonly wins: boolean }
  | { readonly kind: 'undo'; readonly who: number };

const who = fc.nat(people.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    who,
    alias: fc.constantFrom('tier', 'city'),
    value: fc.constantFrom('gold', 'Delft', 'tin'),
  }),
  fc.record({ kind: fc.constant('seen' as const), who, channelId: fc.constantFrom('shop', 'desk') }),
  fc.record({ kind: fc.constant('merge' as const), who, other: who, wins: fc.boolean() }),
  fc.record({ kind: fc.constant('undo' as const), who }),
);

interface Merge {
  readonly mergeId: string;
  readonly primaryId: string;
  readonly secondaryId: string;
  readonly contactIds: readonly string[];
}

/** Merges in any order and depth, as the deciders let them through; `undoAll`: in the end each is undone. */
function historyOf(steps: readonly Step[], undoAll: boolean): readonly RecordedEvent[] {
  const events: object[] = [group, ...introduced];
  const inForce: Merge[] = [];
  const values = new Map<string, Set<string>>(people.map((id) => [id, new Set()]));
  const isMerged = (id: string): boolean => inForce.some(({ secondaryId }) => secondaryId === id);
  const within = (id: string): readonly string[] =>
    inForce.flatMap(({ primaryId, contactIds }) => (primaryId === id ? contactIds : []));
  const undo = (merge: Merge): void => {
    const { mergeId, primaryId, secondaryId, contactIds } = merge;
    inForce.splice(inForce.indexOf(merge), 1);
    events.push({ type: 'MergeUndone', data: { contactId: primaryId, mergeId, secondaryId, contactIds } });
    events.push({ type: 'ContactGivenBack', data: { contactId: secondaryId, mergeId } });
  };
  for (const [number, one] of steps.entries()) {
    const contactId = people[one.who] ?? '';
    if (one.kind === 'set' && !isMerged(contactId)) {
      const { alias, value } = one;
      values.get(contactId)?.add(alias);
      events.push({
        type: 'AttributeSet',
        data: { contactId, alias, value, source: 'agent', matchKeys: [`${alias} ${value}`] },
      });
    } else if (one.kind === 'seen') {
      const { channelId } = one;
      const data = { contactId, identityKey: `key ${contactId}`, channelId };
      const isKnown = events.some((known) => JSON.stringify(known).includes(JSON.stringify(data)));
      if (!isKnown) events.push({ type: 'ContactSeenOnChannel', data });
    } else if (one.kind === 'merge') {
      const secondaryId = people[one.other] ?? '';
      if (secondaryId === contactId || isMerged(contactId) || isMerged(secondaryId)) continue;
      const merge = {
        mergeId: `${secondaryId}.${number}`,
        primaryId: contactId,
        secondaryId,
        contactIds: [secondaryId, ...within(secondaryId)],
      };
      inForce.push(merge);
      const { mergeId, contactIds } = merge;
      const brought = one.wins ? [...(values.get(secondaryId) ?? [])] : [];
      const borrowed = brought.map((alias) => ({ alias, contactId: secondaryId }));
      const handed = { contactId: secondaryId, mergeId, primaryId: contactId, winners: borrowed };
      events.push({ type: 'ContactHandedOver', data: handed });
      const merged = { contactId, mergeId, secondaryId, contactIds, values: borrowed, bringsVip: false };
      events.push({ type: 'ContactsMerged', data: merged });
    } else if (one.kind === 'undo') {
      const newest = inForce.findLast(({ primaryId }) => primaryId === contactId);
      if (newest && !isMerged(contactId)) undo(newest);
    }
  }
  if (undoAll) for (let newest = inForce.at(-1); newest; newest = inForce.at(-1)) undo(newest);
  return recordEvents(events as ContactEvent[]);
}

const histories = fc.array(step, { maxLength: 30 });

describe.each(projections.filter(({ name }) => models.includes(name)))('$name', (projection) => {
  it('CON-5: merges in any order, undone, have left no trace', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const history = historyOf(steps, true);
        const without = history.filter(({ type }) => !merging.has(type));
        expect(projectedDocuments(projection, history)).toEqual(projectedDocuments(projection, without));
      }),
    );
  });

  it('CON-5: no document of a merged contact is left beside that of who speaks for it', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const history = historyOf(steps, false);
        const spokenFor = new Set<string>();
        for (const { type, data } of history as readonly RecordedEvent<ContactEvent>[]) {
          if (type === 'ContactHandedOver') spokenFor.add(data.contactId);
          if (type === 'ContactGivenBack') spokenFor.delete(data.contactId);
        }
        const documents = [...projectedDocuments(projection, history)];
        const subjects = documents.map(([id, body]) => ('contactId' in body ? String(body.contactId) : id));
        // The queue keeps a conversation until it is closed, and names it by who speaks for the contact.
        if (projection.name !== 'queue') expect(subjects.filter((id) => spokenFor.has(id))).toEqual([]);
        const all = documents.flatMap(([id, body]) => projection.owners(id, body));
        if (!['link-values', 'queue'].includes(projection.name)) expect(new Set(all)).toEqual(new Set(people));
      }),
    );
  });
});
