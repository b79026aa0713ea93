import { newEventId } from './append.js';
import type { StreamStore } from './stream-store.js';

const EPOCH_INFORMATION = '$epoch-information';

/**
 * Writes the first event of a new log: that this node leads from here on. A log of the real server always begins with
 * events of the node itself; programs and tests written against it take for granted that `$all` is never empty.
 */
export function beginLog(store: StreamStore): void {
  if (store.log.lastPosition > 0) return;
  const id = newEventId();
  const data = Buffer.from(JSON.stringify({ epochNumber: 0, epochId: Buffer.from(id).toString('hex') }));
  const event = { id, type: EPOCH_INFORMATION, isJson: true, metadata: new Uint8Array(0), data };
  store.transaction(() => store.append(EPOCH_INFORMATION, [event]));
}
