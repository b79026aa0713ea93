import type { RecordedEvent } from '../event.js';
import { takeIn } from './lane.js';
import type { LaneOwner, LaneTools } from './lane.js';
import type { Checkpoint } from './progress.js';

/** Brings a lane to where the shared lane stands (while that one is held still), so that its models can change over. */
export async function catchUp(
  tools: LaneTools,
  owner: LaneOwner,
  shared: Checkpoint,
  signal: AbortSignal,
): Promise<void> {
  if (owner.checkpoint.position >= shared.position) return;
  const events: RecordedEvent[] = [];
  for await (const event of tools.store.readAll({ beyond: owner.checkpoint.position })) {
    if (event.position > shared.position) break;
    events.push(event);
  }
  await takeIn(tools, owner, { events, checkpoint: shared.position }, signal);
}
