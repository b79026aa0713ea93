import type { Position } from '../event.js';
import type { Leftovers } from './overlay.js';

/**
 * Documents of a model: one that is ahead of the checkpoint simply skips the events it has seen, because what a step
 * does to it depends on nothing but the document, the event and the side documents.
 */
export const modelLeftovers: Leftovers = {
  base: (loaded) => loaded,
  next: (id, _loaded, _base, state) => ({ id, ...state, before: undefined }),
};

/**
 * Side documents: the fan-outs of a batch that is done again must see them as they were then. Ahead of the
 * checkpoint, the state before it counts. What is stored never goes back: when this batch ends before the one that
 * was interrupted, only `before` moves on.
 */
export function sideLeftovers(checkpoint: Position): Leftovers {
  return {
    base: (loaded) => (loaded.at <= checkpoint ? loaded : loaded.before),
    next(id, loaded, base, state) {
      if (loaded && state.at < loaded.at) return { ...loaded, before: state };
      if (state.at === loaded?.at) return undefined;
      return { id, ...state, before: base && { at: base.at, owners: base.owners, body: base.body } };
    },
  };
}
