import { describe, expect, it } from '@jest/globals';
import type { Collection } from '../collection/index.js';
import { matchesQuery, offeredReplies, offeredReply } from './offered.js';
import type { Sender } from './offered.js';

const collection = (collectionId: string, rest: Partial<Collection> = {}): readonly [string, Collection] => {
  const reply = {
    replyId: `r-${collectionId}`,
    title: 'Paket',
    shortcut: 'wo',
    text: 'Es ist geschäftlich unterwegs.',
  };
  const replies = new Map([[reply.replyId, reply]]);
  const empty = { ownerId: undefined, channelIds: [], teamIds: [], archived: false };
  return [collectionId, { collectionId, name: collectionId, ...empty, replies, ...rest }];
};
const collections = new Map([
  collection('mine', { ownerId: 'ann' }),
  collection('his', { ownerId: 'bob' }),
  collection('all'),
  collection('shop', { channelIds: ['shop'] }),
  collection('team', { teamIds: ['t1'] }),
  collection('both', { channelIds: ['shop'], teamIds: ['t2'] }),
  collection('old', { archived: true }),
]);
const ann: Sender = { userId: 'ann', teamIds: ['t1'], channels: new Set(['shop', 'desk']) };
const offered = (sender: Sender, channelId?: string) =>
  offeredReplies(collections, sender, channelId).map(({ collection: { collectionId } }) => collectionId);

describe('what is offered', () => {
  it('REP-1: a personal collection to its owner, a channel’s where that is the current one, a team’s to its members', () => {
    expect(offered(ann, 'shop')).toEqual(['mine', 'all', 'shop', 'team', 'both']);
    expect(offered(ann, 'desk')).toEqual(['mine', 'all', 'team']);
    expect(offered(ann)).toEqual(['mine', 'all', 'shop', 'team', 'both']);
  });

  it('REP-1: with channel and team either is enough', () => {
    expect(offered({ ...ann, teamIds: ['t2'] }, 'desk')).toEqual(['mine', 'all', 'both']);
  });

  it('REP-1: on a channel only to those with access to it; an admin has', () => {
    expect(offered({ ...ann, channels: new Set(['desk']) }, 'shop')).toEqual(['mine', 'all', 'team']);
    expect(offered({ userId: 'adam', teamIds: [], channels: 'all' }, 'shop')).toEqual(['all', 'shop', 'both']);
  });

  it('REP-1: one reply is found only where it is offered', () => {
    expect(offeredReply(collections, ann, 'r-shop')).toMatchObject({ on: new Set(['shop']) });
    expect(offeredReply(collections, ann, 'r-team')).toMatchObject({ on: 'everywhere' });
    expect(offeredReply(collections, ann, 'r-his')).toBeUndefined();
    expect(offeredReply(collections, ann, 'r-old')).toBeUndefined();
    expect(offeredReply(collections, ann, 'none')).toBeUndefined();
  });

  it('REP-3: is searched in shortcut, title and text, whatever case and accents', () => {
    const { reply } = offeredReply(collections, ann, 'r-mine') ?? {};
    if (!reply) throw new Error('it is offered');
    expect(matchesQuery(reply, 'WO')).toBe(true);
    expect(matchesQuery(reply, 'geschaftlich pak')).toBe(true);
    expect(matchesQuery(reply, 'paket refund')).toBe(false);
  });
});
