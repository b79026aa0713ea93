import type { ToDo } from '#event-sourcing';
import type { Remains, RemovalState } from './todo.js';

/** One scavenge for all that wait; who becomes unreadable meanwhile waits for the next. */
export interface Removal extends ToDo {
  readonly name: 'scavenge';
  readonly remains: readonly Remains[];
}

export function react({ remains }: RemovalState): readonly Removal[] {
  const [first] = remains;
  if (!first) return [];
  const due = remains.map(({ removableFrom }) => removableFrom).toSorted()[0] ?? first.removableFrom;
  return [{ id: `scavenge for ${first.erasureId}`, name: 'scavenge', due, remains }];
}
