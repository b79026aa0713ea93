import type { Recorded } from '#event-sourcing';
import type { RemovalEvent } from './watch.js';

/** An erasure whose remains are still in the stores' files. */
export interface Remains {
  readonly erasureId: string;
  readonly contactIds: readonly string[];
  /** Not to be taken out before. */
  readonly removableFrom: string;
}

export interface RemovalState {
  /** In the order in which they became unreadable. */
  readonly remains: readonly Remains[];
}

export const initial: RemovalState = { remains: [] };

export function evolve({ remains }: RemovalState, { type, data }: Recorded<RemovalEvent>): RemovalState {
  const others = remains.filter(({ erasureId }) => erasureId !== data.erasureId);
  if (type === 'ErasureCompleted') return { remains: others };
  const { erasureId, contactIds, removableFrom } = data;
  return { remains: [...others, { erasureId, contactIds, removableFrom }] };
}
