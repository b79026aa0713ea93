import type { RecordedEvent } from '../event.js';

/**
 * Cuts what a subscription gave into batches. Events that share a position (an old event can be read as several new
 * ones) stay together; a batch that holds an event of `alone` holds no other position, because what it does must be
 * between two checkpoints.
 */
export function cutBatches(
  events: readonly RecordedEvent[],
  largest: number,
  alone: (event: RecordedEvent) => boolean,
): readonly (readonly RecordedEvent[])[] {
  const batches: RecordedEvent[][] = [];
  let batch: RecordedEvent[] = [];
  let closed = true;
  for (let begin = 0; begin < events.length;) {
    const position = events[begin]?.position;
    let end = begin + 1;
    while (events[end]?.position === position) end++;
    const group = events.slice(begin, end);
    const single = group.some(alone);
    if (closed || single || batch.length + group.length > largest) batches.push((batch = []));
    batch.push(...group);
    closed = single;
    begin = end;
  }
  return batches;
}
