import type { LiveView } from '#event-sourcing';
import type { CollectionEvent } from './events.js';
import { evolve } from './state.js';
import type { Collection } from './state.js';

/** Archived ones included. */
export type SavedReplyDirectory = ReadonlyMap<string, Collection>;

/** All collections with their replies in memory: what is offered and sent (decision 5). */
export const savedReplyDirectory: LiveView<SavedReplyDirectory, CollectionEvent> = {
  name: 'saved-replies',
  categories: ['saved'],
  initial: new Map(),
  evolve(collections, event) {
    const { collectionId } = event.data;
    const collection = evolve(collections.get(collectionId), event);
    return collection ? new Map(collections).set(collectionId, collection) : collections;
  },
};
