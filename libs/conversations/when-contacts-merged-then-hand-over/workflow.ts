import { secondaryOf } from '#contacts/contact';
import type { Workflow } from '#event-sourcing';
import { createConversationChains } from '../chain/index.js';
import { finishMerge, finishUndoing } from './finish.js';
import { evolve, initial, react } from './todo.js';
import type { MergeEvent, MergeState, MergeStep } from './todo.js';

/**
 * When contacts are merged, then conversations and identities of the secondary are handed over, and given back when the
 * merge is undone (CON-5). The API does both by itself; this ends what it could not. One instance a merge.
 */
export const whenContactsMergedThenHandOver: Workflow<MergeEvent, MergeState, MergeStep> = {
  name: 'when-contacts-merged-then-hand-over',
  version: 1,
  actsFrom: 'beginning',
  on: new Set(['ContactHandedOver', 'ContactGivenBack', 'MergeUndone']),
  key: ({ data }) => data.mergeId,
  initial,
  evolve,
  react,
  owners: (mergeId) => [secondaryOf(mergeId) ?? mergeId],
  performer({ store, runner, ids }) {
    const ports = { store, runner, ids, chains: createConversationChains(runner) };
    return {
      perform({ name, merge: { actor, ...merge } }, { header }) {
        return (name === 'finish-merge' ? finishMerge : finishUndoing)(ports, { ...header, actor }, merge);
      },
    };
  },
};
