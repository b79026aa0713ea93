import type { Position, RecordedEvent } from '#event-sourcing';

/** A point of the past. A position stands for the state right after the event that stands there. */
export type Moment =
  | { readonly position: Position }
  /** RFC 3339 in UTC with milliseconds. */
  | { readonly time: string };

/**
 * HIS-2: the events, given in order of position, that had happened by then. Of a time these are the ones before the
 * first that the store's clock dates later: where that clock went back, what was written after the jump does not come
 * before what was written before it (decision 22).
 */
export function happenedBy<E extends RecordedEvent>(events: readonly E[], moment: Moment): readonly E[] {
  const later = events.findIndex((event) =>
    'position' in moment ? event.position > moment.position : event.created > moment.time,
  );
  return later < 0 ? events : events.slice(0, later);
}
