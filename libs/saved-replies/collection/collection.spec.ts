import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '#event-sourcing';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type {
  AddReply,
  ChangeCollection,
  CollectionCommand,
  CreateCollection,
  EditReply,
  RemoveReply,
} from './commands.js';
import { collectionDecider } from './decide.js';
import { collectionEvents } from './events.js';
import type { CollectionEvent } from './events.js';

const { given } = scenariosOf(collectionDecider);
const admin: Actor = { id: 'adam', role: 'admin' };
const ann: Actor = { id: 'ann', role: 'agent' };
const bob: Actor = { id: 'bob', role: 'agent' };
const headerOf = (actor: Actor) => commandHeader({ actor, at: '2026-03-02T10:00:00.000Z' });
const nobody = { channelIds: [], teamIds: [] };
const create = (actor: Actor, rest: Partial<CreateCollection> = {}): CreateCollection => ({
  ...headerOf(actor),
  type: 'CreateCollection',
  collectionId: 'k',
  name: 'Shipping',
  personal: false,
  sharing: nobody,
  ...rest,
});
const change = (actor: Actor, rest: Partial<ChangeCollection>): ChangeCollection => ({
  ...headerOf(actor),
  type: 'ChangeCollection',
  ...rest,
});
const add = (actor: Actor, replyId: string, rest: Partial<AddReply> = {}): AddReply => ({
  ...headerOf(actor),
  type: 'AddReply',
  replyId,
  title: 'Where it is',
  shortcut: `where-${replyId}`,
  text: 'Hello {{contact.firstName|there}}',
  ...rest,
});
const edit = (actor: Actor, replyId: string, rest: Partial<EditReply>): EditReply => ({
  ...headerOf(actor),
  type: 'EditReply',
  replyId,
  ...rest,
});
const remove = (actor: Actor, replyId: string): RemoveReply => ({ ...headerOf(actor), type: 'RemoveReply', replyId });

const created: CollectionEvent = {
  type: 'SavedReplyCollectionCreated',
  data: { collectionId: 'k', name: 'Shipping' },
};
const personal: CollectionEvent = {
  type: 'SavedReplyCollectionCreated',
  data: { collectionId: 'k', name: 'Shipping', ownerId: 'ann' },
};
const shared = (channelIds: string[], teamIds: string[]): CollectionEvent => ({
  type: 'SavedReplyCollectionShared',
  data: { collectionId: 'k', channelIds, teamIds },
});
const reply = (replyId: string, rest: Partial<AddReply> = {}) => {
  const { title, shortcut, text } = add(admin, replyId, rest);
  return { collectionId: 'k', replyId, title, shortcut, text };
};
const added = (replyId: string): CollectionEvent => ({ type: 'SavedReplyAdded', data: reply(replyId) });

describe('a collection', () => {
  it('REP-1: shared ones are made and changed by admins, with channels and teams', () => {
    given([])
      .when(create(admin, { sharing: { channelIds: ['shop'], teamIds: ['t'] } }))
      .then([created, shared(['shop'], ['t'])]);
    given([]).when(create(ann)).then({ code: 'shared-by-admins' });
    given([created])
      .when(change(ann, { name: 'Mine' }))
      .then({ code: 'shared-by-admins' });
    given([created])
      .when(change(admin, { sharing: { ...nobody, unknownChannelId: 'fax' } }))
      .then({ code: 'unknown-channel', channelId: 'fax' });
    given([created])
      .when(change(admin, { sharing: { ...nobody, unknownTeamId: 't9' } }))
      .then({ code: 'unknown-team', teamId: 't9' });
  });

  it('REP-1: personal ones are their owner’s, and nobody else’s, not even an admin’s', () => {
    given([])
      .when(create(ann, { personal: true }))
      .then([personal]);
    given([personal])
      .when(change(ann, { name: 'Mine' }))
      .then([{ type: 'SavedReplyCollectionRenamed', data: { collectionId: 'k', name: 'Mine' } }]);
    given([personal])
      .when(change(bob, { name: 'Mine' }))
      .then({ code: 'not-found' });
    given([personal]).when(add(admin, 'r1')).then({ code: 'not-found' });
    given([])
      .when(create(ann, { personal: true, sharing: { channelIds: [], teamIds: ['t'] } }))
      .then({ code: 'personal-not-shared' });
  });

  it('REP-1: changes only what is named, and nothing when it is so already', () => {
    given([created, shared(['shop'], ['t'])])
      .when(change(admin, { sharing: { channelIds: ['desk'] } }))
      .then([shared(['desk'], ['t'])]);
    given([created, shared(['shop'], ['t'])])
      .when(change(admin, { name: 'Shipping', sharing: { teamIds: ['t'] } }))
      .then([]);
  });

  it('REP-1: an archived one is gone', () => {
    const archived: CollectionEvent = { type: 'SavedReplyCollectionArchived', data: { collectionId: 'k' } };
    given([created])
      .when(change(admin, { archived: true }))
      .then([archived]);
    given([created, archived]).when(add(admin, 'r1')).then({ code: 'not-found' });
    given([]).when(add(admin, 'r1')).then({ code: 'not-found' });
  });
});

describe('its replies', () => {
  it('REP-2: have title, shortcut and text, and are edited and removed', () => {
    given([created])
      .when(add(admin, 'r1'))
      .then([added('r1')]);
    given([created, added('r1')])
      .when(edit(admin, 'r1', { title: 'On its way' }))
      .then([{ type: 'SavedReplyEdited', data: reply('r1', { title: 'On its way' }) }]);
    given([created, added('r1')])
      .when(edit(admin, 'r1', { title: 'Where it is' }))
      .then([]);
    given([created, added('r1')])
      .when(remove(admin, 'r1'))
      .then([{ type: 'SavedReplyRemoved', data: { collectionId: 'k', replyId: 'r1' } }]);
    given([created]).when(remove(admin, 'r1')).then({ code: 'not-found' });
    given([created])
      .when(edit(admin, 'r1', {}))
      .then({ code: 'not-found' });
  });

  it('REP-2: do not share a shortcut', () => {
    given([created, added('r1')])
      .when(add(admin, 'r2', { shortcut: 'WHERE-r1' }))
      .then({ code: 'shortcut-taken', replyId: 'r1' });
  });

  it('REP-2: an unknown variable is refused when saving', () => {
    given([created])
      .when(add(admin, 'r1', { unknownVariable: '{{weather}}' }))
      .then({ code: 'unknown-variable', variable: '{{weather}}' });
    given([created, added('r1')])
      .when(edit(admin, 'r1', { text: '{{weather}}', unknownVariable: '{{weather}}' }))
      .then({ code: 'unknown-variable', variable: '{{weather}}' });
  });
});

describe('always', () => {
  const actor = fc.constantFrom(admin, ann, bob);
  const id = fc.constantFrom('a', 'b', 'c');
  const commands: fc.Arbitrary<CollectionCommand> = fc.oneof(
    fc.tuple(actor, fc.boolean()).map(([who, own]) => create(who, { personal: own })),
    actor.map((who) => change(who, { name: 'Other', sharing: { channelIds: ['shop'] } })),
    actor.map((who) => change(who, { archived: true })),
    fc.tuple(actor, id).map(([who, replyId]) => add(who, replyId)),
    fc.tuple(actor, id).map(([who, replyId]) => edit(who, replyId, { title: 'Other' })),
    fc.tuple(actor, id).map(([who, replyId]) => remove(who, replyId)),
  );
  testDeciderProperties({ decider: collectionDecider, definitions: collectionEvents.definitions, commands });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, collectionEvents.definitions);
});
