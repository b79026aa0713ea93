import { storeStream } from '#event-sourcing';
import type { StoreInitialised } from '#event-sourcing';
import { healthy, sick } from '../finding.js';
import type { Finding } from '../finding.js';
import type { DoctorPorts } from '../ports.js';

/** Whether event store and key store belong together: with another key, every known person would be a stranger. */
export async function checkIdentity({ store, ids }: DoctorPorts): Promise<readonly Finding[]> {
  for await (const { data } of store.readStream(storeStream, { limit: 1 })) {
    const { keyCheck } = data as StoreInitialised['data'];
    if (keyCheck === ids.keyed('store', 'key-check')) {
      return [healthy('key store', 'belongs to this event store')];
    }
    const advice = 'put back the key store that the event store was made with (KEYSTORE_URL, MASTER_KEY_FILE)';
    return [sick('key store', 'does not belong to this event store', advice)];
  }
  return [healthy('event store', 'is new: nothing was written yet')];
}
