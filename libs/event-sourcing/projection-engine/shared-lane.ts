import type { AnyProjection } from '../projection.js';
import type { LaneOwner, Rider } from './lane.js';
import type { ProgressKeeper } from './progress-keeper.js';
import type { ModelProgress } from './progress.js';

/**
 * The lane of all models that are up to date: they advance together, matching or not, in the one progress document.
 * A model whose step throws, or that keeps the others waiting, gets off where it stood; the others go on.
 */
export function sharedLane(
  keeper: ProgressKeeper,
  projections: readonly AnyProjection[],
  stumbled: (fault: unknown) => void,
  /** The model goes on by itself. */
  leave: (projection: AnyProjection) => void,
): LaneOwner {
  return {
    leavesSlowOnes: true,
    exclusively: (work) => keeper.exclusively(work),
    get checkpoint() {
      return keeper.shared;
    },
    get riders() {
      return projections.flatMap((projection) => rider(keeper, projection));
    },
    async advance(reached, _events, { poisoned, slow }) {
      const stood = keeper.shared;
      await keeper.update((progress) => ({
        ...progress,
        ...reached,
        models: progress.models.map((model): ModelProgress => {
          if (model.lane === 'own') return model;
          const poison = poisoned.get(model.name);
          if (poison) return { ...model, lane: 'own', own: model.own ?? stood, poison };
          if (slow.has(model.name)) return { ...model, lane: 'own', own: model.own ?? stood };
          return model.own && model.own.position <= reached.position ? { ...model, own: null } : model;
        }),
      }));
      projections.filter(({ name }) => slow.has(name)).forEach(leave);
    },
    rest: () => Promise.resolve(false),
    stumbled,
  };
}

function rider(keeper: ProgressKeeper, projection: AnyProjection): readonly Rider[] {
  const model = keeper.model(projection.name);
  if (model?.schema !== projection.schema || model.lane === 'own') return [];
  return [{ projection, collection: projection.name, ahead: model.own?.position ?? 0 }];
}
