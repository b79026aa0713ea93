import type { Position } from '../event.js';
import type { Clock } from '../ports/clock.js';
import type { Documents } from '../ports/documents.js';
import type { EventStore } from '../ports/event-store.js';
import type { AnyProjection } from '../projection.js';
import { progressName, startOfLog } from './progress.js';
import type { ModelProgress, Poison, Progress } from './progress.js';

export interface ModelLag {
  readonly model: string;
  /** Everything up to here is in the model. */
  readonly position: Position;
  /** Age of the oldest event that is not, 0 when there is none. */
  readonly milliseconds: number;
  /** `waiting`: for its first rebuild, or for one that its new schema asks for. */
  readonly state: 'live' | 'catching-up' | 'poisoned' | 'waiting';
  readonly poison: Poison | null;
}

export async function measureLag(
  store: EventStore,
  documents: Documents,
  projections: readonly AnyProjection[],
  clock: Clock,
): Promise<readonly ModelLag[]> {
  const progress = ((await documents.progress(progressName)) as Progress | undefined) ?? { ...startOfLog, models: [] };
  const ages = new Map<Position, Promise<number>>();
  const ageAt = (position: Position): Promise<number> => {
    const known = ages.get(position) ?? ageOfNext(store, clock, position);
    ages.set(position, known);
    return known;
  };
  return Promise.all(
    projections.map(async ({ name, schema }) => {
      const model = progress.models.find((each) => each.name === name);
      const position = model ? (model.own?.position ?? progress.position) : 0;
      const state = model?.schema === schema ? stateOf(model) : 'waiting';
      return { model: name, position, milliseconds: await ageAt(position), state, poison: model?.poison ?? null };
    }),
  );
}

function stateOf(model: ModelProgress): ModelLag['state'] {
  if (model.poison) return 'poisoned';
  return model.lane === 'own' ? 'catching-up' : 'live';
}

async function ageOfNext(store: EventStore, clock: Clock, position: Position): Promise<number> {
  for await (const next of store.readAll({ beyond: position, limit: 1 })) {
    return Math.max(0, Date.parse(clock.now()) - Date.parse(next.created));
  }
  return 0;
}
