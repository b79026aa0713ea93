import type { AnyProjection } from '../projection.js';
import { catchUp } from './catch-up.js';
import type { LaneOwner, LaneTools } from './lane.js';
import type { ProgressKeeper } from './progress-keeper.js';
import { startOfLog } from './progress.js';

/** The lane of one model that is behind the others. Caught up, it rejoins them. */
export function ownLane(
  tools: LaneTools,
  keeper: ProgressKeeper,
  projection: AnyProjection,
  signal: AbortSignal,
  stumbled: (fault: unknown) => void,
): LaneOwner {
  const owner: LaneOwner = {
    leavesSlowOnes: false,
    exclusively: (work) => work(),
    get checkpoint() {
      return keeper.model(projection.name)?.own ?? startOfLog;
    },
    get riders() {
      const model = keeper.model(projection.name);
      return !model || model.poison ? [] : [{ projection, collection: projection.name, ahead: 0 }];
    },
    async advance(reached, _events, { poisoned }) {
      const model = keeper.model(projection.name);
      if (!model || model.poison) return;
      const poison = poisoned.get(projection.name);
      await keeper.updateModel(poison ? { ...model, poison } : { ...model, own: reached });
    },
    async rest(caughtUp) {
      if (keeper.model(projection.name)?.poison) return true;
      if (!caughtUp) return false;
      return keeper.exclusively(async () => {
        await catchUp(tools, owner, keeper.shared, signal);
        const model = keeper.model(projection.name);
        if (model && !model.poison) {
          const ahead = model.own && model.own.position > keeper.shared.position;
          await keeper.updateModel({ ...model, lane: 'shared', own: ahead ? model.own : null });
        }
        return true;
      });
    },
    stumbled,
  };
  return owner;
}
