import type { Actor, Decider } from '#event-sourcing';
import type {
  AddReply,
  ChangeCollection,
  CollectionCommand,
  CreateCollection,
  EditReply,
  RemoveReply,
  Sharing,
} from './commands.js';
import type { CollectionEvent } from './events.js';
import type { CollectionRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { Collection, CollectionState } from './state.js';

type Decision = readonly CollectionEvent[] | CollectionRefusal;

/** One collection of saved replies (REP-1, REP-2). */
export const collectionDecider: Decider<CollectionCommand, CollectionEvent, CollectionState, CollectionRefusal> = {
  initial,
  evolve,
  decide,
};

function decide(command: CollectionCommand, collection: CollectionState): Decision {
  if (command.type === 'CreateCollection') return create(command, collection);
  if (!collection) return { code: 'not-found' };
  const refusal = notTheirs(command.actor, collection);
  if (refusal) return refusal;
  switch (command.type) {
    case 'ChangeCollection':
      return change(command, collection);
    case 'AddReply':
      return addReply(command, collection);
    case 'EditReply':
      return editReply(command, collection);
    case 'RemoveReply':
      return removeReply(command, collection);
  }
}

/** REP-1: a personal one exists for its owner alone, also for admins; shared ones are theirs to change. */
function notTheirs(actor: Actor, { ownerId, archived }: Collection): CollectionRefusal | undefined {
  if (archived) return { code: 'not-found' };
  if (ownerId !== undefined) return ownerId === actor.id ? undefined : { code: 'not-found' };
  return actor.role === 'admin' ? undefined : { code: 'shared-by-admins' };
}

function create(command: CreateCollection, collection: CollectionState): Decision {
  const { collectionId, name, personal, sharing, actor } = command;
  if (collection) return [];
  if (!personal && actor.role !== 'admin') return { code: 'shared-by-admins' };
  const refusal = notShareable(sharing, personal);
  if (refusal) return refusal;
  const created: CollectionEvent = {
    type: 'SavedReplyCollectionCreated',
    data: { collectionId, name, ...(personal && { ownerId: actor.id }) },
  };
  const { channelIds, teamIds } = sharing;
  if (channelIds.length === 0 && teamIds.length === 0) return [created];
  return [created, { type: 'SavedReplyCollectionShared', data: { collectionId, channelIds, teamIds } }];
}

function change({ name, sharing: wanted, archived }: ChangeCollection, collection: Collection): Decision {
  const { collectionId } = collection;
  if (archived) return [{ type: 'SavedReplyCollectionArchived', data: { collectionId } }];
  const { channelIds, teamIds } = collection;
  const sharing = wanted && { channelIds, teamIds, ...wanted };
  const refusal = sharing && notShareable(sharing, collection.ownerId !== undefined);
  if (refusal) return refusal;
  const events: CollectionEvent[] = [];
  if (name !== undefined && name !== collection.name) {
    events.push({ type: 'SavedReplyCollectionRenamed', data: { collectionId, name } });
  }
  if (sharing && !isSharedSo(sharing, collection)) {
    const shared = { channelIds: sharing.channelIds, teamIds: sharing.teamIds };
    events.push({ type: 'SavedReplyCollectionShared', data: { collectionId, ...shared } });
  }
  return events;
}

function notShareable(sharing: Sharing, personal: boolean): CollectionRefusal | undefined {
  const { channelIds, teamIds, unknownChannelId, unknownTeamId } = sharing;
  if (personal && channelIds.length + teamIds.length > 0) return { code: 'personal-not-shared' };
  if (unknownChannelId !== undefined) return { code: 'unknown-channel', channelId: unknownChannelId };
  return unknownTeamId === undefined ? undefined : { code: 'unknown-team', teamId: unknownTeamId };
}

function isSharedSo({ channelIds, teamIds }: Sharing, collection: Collection): boolean {
  const same = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((id) => other.includes(id));
  return same(channelIds, collection.channelIds) && same(teamIds, collection.teamIds);
}

function addReply({ replyId, title, shortcut, text, unknownVariable }: AddReply, collection: Collection): Decision {
  const { collectionId, replies } = collection;
  if (replies.has(replyId)) return [];
  const refusal = notSavable({ replyId, shortcut, unknownVariable }, collection);
  return refusal ?? [{ type: 'SavedReplyAdded', data: { collectionId, replyId, title, shortcut, text } }];
}

function editReply(command: EditReply, collection: Collection): Decision {
  const { collectionId, replies } = collection;
  const { replyId, unknownVariable } = command;
  const reply = replies.get(replyId);
  if (!reply) return { code: 'not-found' };
  const { title = reply.title, shortcut = reply.shortcut, text = reply.text } = command;
  const refusal = notSavable({ replyId, shortcut, unknownVariable }, collection);
  if (refusal) return refusal;
  if (title === reply.title && shortcut === reply.shortcut && text === reply.text) return [];
  return [{ type: 'SavedReplyEdited', data: { collectionId, replyId, title, shortcut, text } }];
}

function removeReply({ replyId }: RemoveReply, { collectionId, replies }: Collection): Decision {
  if (!replies.has(replyId)) return { code: 'not-found' };
  return [{ type: 'SavedReplyRemoved', data: { collectionId, replyId } }];
}

/** Two replies under one shortcut could not be told apart by whoever types it. */
function notSavable(
  reply: { readonly replyId: string; readonly shortcut: string; readonly unknownVariable: string | undefined },
  { replies }: Collection,
): CollectionRefusal | undefined {
  if (reply.unknownVariable !== undefined) return { code: 'unknown-variable', variable: reply.unknownVariable };
  const isAlike = (shortcut: string) => shortcut.toLowerCase() === reply.shortcut.toLowerCase();
  const other = [...replies.values()].find(({ replyId, shortcut }) => replyId !== reply.replyId && isAlike(shortcut));
  return other && { code: 'shortcut-taken', replyId: other.replyId };
}
