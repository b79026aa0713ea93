import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributeDirectory } from '#attributes/attributes';
import {
  commandHeader,
  recordEvents,
  scenariosOf,
  testDeciderProperties,
  testGoldenEvents,
} from '#event-sourcing-testing';
import type { Condition } from '../condition/index.js';
import type { ChangeGroup, DefineGroup, GroupsCommand } from './commands.js';
import { groupsDecider } from './decide.js';
import { groupDirectory } from './directory.js';
import { groupsEvents } from './events.js';
import type { GroupsEvent } from './events.js';

const { given } = scenariosOf(groupsDecider);
const header = commandHeader();
const circumstances = { day: '2026-11-21', vipEnabled: true };
const reading = {
  terms: { catalogue: attributeDirectory.initial, channelIds: new Set(['c1', 'c2']) },
  circumstances,
};

const onC1: Condition = { field: 'channel', operator: 'is', value: 'c1' };
const onC2: Condition = { field: 'channel', operator: 'is', value: 'c2' };
const vips: Condition = { all: [{ field: 'vip', operator: 'is', value: true }, onC1] };

const define = (data: Partial<DefineGroup> = {}): DefineGroup => ({
  ...header,
  type: 'DefineGroup',
  groupId: 'g1',
  name: 'Shop',
  condition: onC1,
  ...reading,
  ...data,
});
const change = (data: Partial<ChangeGroup>): ChangeGroup => ({
  ...header,
  type: 'ChangeGroup',
  groupId: 'g1',
  name: undefined,
  condition: undefined,
  ...reading,
  ...data,
});
const follow = (changed: Partial<typeof circumstances>): GroupsCommand => ({
  ...header,
  type: 'FollowCircumstances',
  groupId: 'g1',
  circumstances: { ...circumstances, ...changed },
});
const effect = (version: number): GroupsCommand => ({ ...header, type: 'PutIntoEffect', groupId: 'g1', version });
const archive: GroupsCommand = { ...header, type: 'ArchiveGroup', groupId: 'g1' };

const defined = (condition: Condition = onC1, groupId = 'g1'): GroupsEvent => ({
  type: 'ContactGroupDefined',
  data: { groupId, name: 'Shop', version: 1, condition, ...circumstances },
});
const changed: GroupsEvent = {
  type: 'ContactGroupConditionChanged',
  data: { groupId: 'g1', version: 2, condition: onC2, ...circumstances },
};
const tookEffect = (version: number): GroupsEvent => ({
  type: 'ContactGroupTookEffect',
  data: { groupId: 'g1', version },
});
const archived: GroupsEvent = { type: 'ContactGroupArchived', data: { groupId: 'g1' } };

const groupAfter = (...events: GroupsEvent[]) =>
  recordEvents(events).reduce(groupDirectory.evolve, groupDirectory.initial).get('g1');

describe('a contact group', () => {
  it('CON-7: is a named condition, with the day and the VIP switch that it goes by', () => {
    given([]).when(define()).then([defined()]);
    given([defined()]).when(define()).then([]);
  });

  it('CON-7: is refused with what is no condition, saying where and why', () => {
    const condition = { all: [{ field: 'channel', operator: 'is', value: 'c9' }] };
    const refusal = { code: 'condition-misfit', pointer: '/all/0/value', reason: 'unknown-channel' } as const;
    given([]).when(define({ condition })).then(refusal);
    given([defined()]).when(change({ condition })).then(refusal);
  });

  it('CON-7: has a name that no other group in use has', () => {
    given([defined()])
      .when(define({ groupId: 'g2', name: 'shop ' }))
      .then({ code: 'group-name-taken', name: 'shop ' });
    given([])
      .when(define({ name: 'VIP' }))
      .then({ code: 'group-name-taken', name: 'VIP' });
    given([defined(), archived])
      .when(define({ groupId: 'g2' }))
      .then([defined(onC1, 'g2')]);
    given([defined()])
      .when(change({ name: 'Desk' }))
      .then([{ type: 'ContactGroupRenamed', data: { groupId: 'g1', name: 'Desk' } }]);
  });

  it('CON-7: each changed condition is another version; the same one changes nothing', () => {
    given([defined()])
      .when(change({ condition: onC2 }))
      .then([changed]);
    given([defined()])
      .when(change({ condition: onC1, name: 'Shop' }))
      .then([]);
    given([defined(), changed])
      .when(change({ condition: onC2 }))
      .then([]);
    given([])
      .when(change({ condition: onC2 }))
      .then({ code: 'not-found' });
  });

  it('CON-7: answers by the old version until the members by the new one are found', () => {
    expect(groupAfter(defined(), tookEffect(1), changed)).toMatchObject({
      effective: { version: 1, condition: onC1 },
      computing: { version: 2, condition: onC2 },
    });
    given([defined(), changed]).when(effect(1)).then([]);
    given([defined(), changed])
      .when(effect(2))
      .then([tookEffect(2)]);
    expect(groupAfter(defined(), changed, tookEffect(2))).toStrictEqual({
      name: 'Shop',
      archived: false,
      effective: { version: 2, condition: onC2, ...circumstances },
      computing: undefined,
    });
  });

  it('CON-7: follows the day only if its condition goes by one', () => {
    const due: Condition = { field: 'attribute.language', operator: 'isSet', value: true };
    const byDay: Condition = { field: 'attribute.renewal', operator: 'before', value: { days: -3 } };
    given([defined(due)])
      .when(follow({ day: '2026-11-22' }))
      .then([]);
    given([defined(byDay)])
      .when(follow({ day: '2026-11-22' }))
      .then([
        {
          type: 'ContactGroupCircumstancesChanged',
          data: { groupId: 'g1', version: 2, day: '2026-11-22', vipEnabled: true },
        },
      ]);
  });

  it('ATT-6: follows the switch of VIP only if its condition asks for it', () => {
    given([defined()])
      .when(follow({ vipEnabled: false }))
      .then([]);
    given([defined(vips)])
      .when(follow({ vipEnabled: false }))
      .then([
        {
          type: 'ContactGroupCircumstancesChanged',
          data: { groupId: 'g1', version: 2, day: '2026-11-21', vipEnabled: false },
        },
      ]);
  });

  it('CON-7: once archived it changes no more', () => {
    given([defined()]).when(archive).then([archived]);
    given([defined(vips), archived])
      .when(archive)
      .then([]);
    given([defined(vips), archived])
      .when(follow({ vipEnabled: false }))
      .then([]);
    given([defined(), archived])
      .when(change({ name: 'Desk' }))
      .then({ code: 'not-found' });
  });
});

describe('the group VIP', () => {
  it('ATT-6: is always there and nobody’s to change', () => {
    for (const command of [define(), change({ name: 'x' }), archive, effect(1)]) {
      given([])
        .when({ ...command, groupId: 'vip' })
        .then({ code: 'built-in-group' });
    }
  });
});

describe('every group command and event', () => {
  const groupId = fc.constantFrom('g1', 'g2', 'vip');
  const name = fc.constantFrom('Shop', 'Desk', undefined);
  const condition = fc.constantFrom(onC1, onC2, vips);
  const switched = fc.record({ day: fc.constantFrom('2026-11-21', '2026-11-22'), vipEnabled: fc.boolean() });
  const commands: fc.Arbitrary<GroupsCommand> = fc.oneof(
    fc.record({ groupId, name: name.map((one) => one ?? 'All'), condition }).map(define),
    fc.record({ groupId, name, condition: fc.option(condition, { nil: undefined }) }).map(change),
    fc.tuple(groupId, switched).map(([id, now]) => ({ ...follow(now), groupId: id })),
    fc.tuple(groupId, fc.nat(3)).map(([id, version]) => ({ ...effect(version), groupId: id })),
    groupId.map((id) => ({ ...archive, groupId: id })),
  );
  testDeciderProperties({
    decider: groupsDecider,
    definitions: groupsEvents.definitions,
    commands,
    fields: { ContactGroupDefined: { condition }, ContactGroupConditionChanged: { condition } },
  });
  testGoldenEvents(import.meta.dirname, groupsEvents.definitions);
});
