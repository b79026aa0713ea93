import type { CollectionEvent } from './events.js';

export interface SavedReply {
  readonly replyId: string;
  readonly title: string;
  readonly shortcut: string;
  readonly text: string;
}

export interface Collection {
  readonly collectionId: string;
  readonly name: string;
  /** `undefined`: shared. */
  readonly ownerId: string | undefined;
  readonly channelIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly archived: boolean;
  readonly replies: ReadonlyMap<string, SavedReply>;
}

/** `undefined`: never created. */
export type CollectionState = Collection | undefined;

export const initial: CollectionState = undefined;

export function evolve(collection: CollectionState, event: CollectionEvent): CollectionState {
  if (event.type === 'SavedReplyCollectionCreated') {
    const { collectionId, name, ownerId } = event.data;
    const empty = { channelIds: [], teamIds: [], archived: false, replies: new Map<string, SavedReply>() };
    return { collectionId, name, ownerId, ...empty };
  }
  if (!collection) return undefined;
  switch (event.type) {
    case 'SavedReplyCollectionRenamed':
      return { ...collection, name: event.data.name };
    case 'SavedReplyCollectionShared':
      return { ...collection, channelIds: event.data.channelIds, teamIds: event.data.teamIds };
    case 'SavedReplyCollectionArchived':
      return { ...collection, archived: true };
    case 'SavedReplyAdded':
    case 'SavedReplyEdited': {
      const { replyId, title, shortcut, text } = event.data;
      return {
        ...collection,
        replies: new Map(collection.replies).set(replyId, { replyId, title, shortcut, text }),
      };
    }
    case 'SavedReplyRemoved': {
      const replies = new Map(collection.replies);
      replies.delete(event.data.replyId);
      return { ...collection, replies };
    }
  }
}
