import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributeDirectory } from '#attributes/attributes';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import type { Condition } from '../condition/index.js';
import { groupDirectory, groupsOf } from '../groups/index.js';
import type { GroupsEvent } from '../groups/index.js';
import type { MembersEvent } from './asked-groups.js';
import type { GroupMemberDocument } from './document.js';
import { groupMembersProjection, traitsOf } from './index.js';

const circumstances = { day: '2026-11-21', vipEnabled: true };
const gold: Condition = { field: 'attribute.tier', operator: 'is', value: 'gold' };
const vips: Condition = { field: 'vip', operator: 'is', value: true };
const defined = (condition: Condition): MembersEvent => ({
  type: 'ContactGroupDefined',
  data: { groupId: 'g1', name: 'Best', version: 1, condition, ...circumstances },
});
const changed = (version: number, condition: Condition): MembersEvent => ({
  type: 'ContactGroupConditionChanged',
  data: { groupId: 'g1', version, condition, ...circumstances },
});
const tookEffect = (version: number): GroupsEvent => ({
  type: 'ContactGroupTookEffect',
  data: { groupId: 'g1', version },
});
const found = (version: number, ...contactIds: string[]): MembersEvent => ({
  type: 'ContactGroupMembersFound',
  data: { groupId: 'g1', version, contactIds, checked: 1, upTo: 'z' },
});
const created = (contactId: string): MembersEvent => ({
  type: 'ContactCreated',
  data: { contactId, createdBy: 'ann' },
});
const tier = (contactId: string, value: string): MembersEvent => ({
  type: 'AttributeSet',
  data: { contactId, alias: 'tier', value, source: 'agent' },
});
const vip = (contactId: string, mark: boolean): MembersEvent => ({
  type: mark ? 'VipMarked' : 'VipUnmarked',
  data: { contactId, source: 'agent' },
});

function memberships(...events: MembersEvent[]): Record<string, readonly string[]> {
  const documents = projectedDocuments(groupMembersProjection, recordEvents(events));
  return Object.fromEntries(
    [...documents].map(([id, document]) => [id, (document as GroupMemberDocument).memberships]),
  );
}

describe('who is in which group', () => {
  it('CON-7: follows the values of the contact', () => {
    const known = [defined(gold), created('ada'), created('bob')];
    expect(memberships(...known, tier('ada', 'gold'))).toStrictEqual({ ada: ['g1.1'], bob: [] });
    expect(memberships(...known, tier('ada', 'gold'), tier('ada', 'tin'))).toStrictEqual({ ada: [], bob: [] });
  });

  it('CON-7: keeps who is in it by the old condition while those by the new one are found', () => {
    const before = [
      created('ada'),
      created('bob'),
      tier('ada', 'gold'),
      vip('bob', true),
      defined(gold),
      found(1, 'ada'),
    ];
    expect(memberships(...before, changed(2, vips))).toStrictEqual({ ada: ['g1.1'], bob: ['vip'] });
    expect(memberships(...before, changed(2, vips), found(2, 'bob'))).toStrictEqual({
      ada: ['g1.1'],
      bob: ['vip', 'g1.2'],
    });
  });

  it('CON-7: asks the condition itself of those who were found: they can have changed meanwhile', () => {
    const late = [created('ada'), tier('ada', 'gold'), defined(gold), tier('ada', 'tin'), found(1, 'ada')];
    expect(memberships(...late)).toStrictEqual({ ada: [] });
  });

  it('CON-7: an archived group has nobody', () => {
    const archived: MembersEvent = { type: 'ContactGroupArchived', data: { groupId: 'g1' } };
    expect(memberships(defined(gold), archived, created('ada'), tier('ada', 'gold'))).toStrictEqual({ ada: [] });
  });

  it('DEL-6: a contact whose deletion was requested is in none', () => {
    const data = { contactId: 'ada', erasureId: 'e', hint: 'A••••', reason: 'requested', adminName: 'Grace' };
    expect(memberships(created('ada'), vip('ada', true), { type: 'ContactDeletionRequested', data })).toStrictEqual({});
    expect(groupMembersProjection.owners('ada', { contactIds: ['ada', 'eve'] })).toStrictEqual(['ada', 'eve']);
    expect(groupMembersProjection.sideOwners('ada', {})).toStrictEqual(['ada']);
    expect(groupMembersProjection.sideOwners('groups', {})).toStrictEqual([]);
  });

  it('CON-7: after any events, is who fits the condition in force', () => {
    const contact = fc.constantFrom('ada', 'bob', 'cid');
    const condition = fc.constantFrom<Condition>(gold, vips, { none: [gold] }, { all: [gold, vips] });
    type Step = { readonly event: (version: number) => MembersEvent } | 'look at one' | 'look at all';
    const step: fc.Arbitrary<Step> = fc.oneof(
      contact.map((id) => ({ event: () => created(id) })),
      fc.tuple(contact, fc.constantFrom('gold', 'tin')).map(([id, value]) => ({ event: () => tier(id, value) })),
      fc.tuple(contact, fc.boolean()).map(([id, mark]) => ({ event: () => vip(id, mark) })),
      condition.map((one) => ({
        event: (version: number) => (version === 0 ? defined(one) : changed(version + 1, one)),
      })),
      fc.constantFrom('look at one' as const, 'look at all' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const events: (MembersEvent | GroupsEvent)[] = [];
        let version = 0;
        let after = '';
        let effective = 0;
        const documents = (): ReadonlyMap<string, GroupMemberDocument> =>
          projectedDocuments(groupMembersProjection, recordEvents(events)) as ReadonlyMap<string, GroupMemberDocument>;
        const look = (count: number): void => {
          if (effective === version) return;
          const next = [...documents().keys()].sort().filter((id) => id > after);
          const part = next.slice(0, count);
          events.push(found(version, ...part));
          after = part.at(-1) ?? after;
          if (part.length < next.length) return;
          events.push(tookEffect(version));
          effective = version;
        };
        for (const one of steps) {
          if (typeof one === 'string') look(one === 'look at one' ? 1 : 3);
          else {
            const event = one.event(version);
            events.push(event);
            if ('condition' in event.data) {
              version++;
              after = '';
            }
          }
        }
        if (effective !== version) look(3);
        const groups = recordEvents(
          events.filter(
            (event): event is GroupsEvent => 'groupId' in event.data && event.type !== 'ContactGroupMembersFound',
          ),
        ).reduce(groupDirectory.evolve, groupDirectory.initial);
        const configuration = { groups, catalogue: attributeDirectory.initial };
        for (const { profile, memberships: kept } of documents().values()) {
          const asked = kept.filter((one) => one === 'vip' || one === `g1.${version}`).map((one) => one.split('.')[0]);
          expect(asked).toStrictEqual(groupsOf(traitsOf(profile), configuration));
        }
      }),
      { numRuns: 150 },
    );
  });
});
