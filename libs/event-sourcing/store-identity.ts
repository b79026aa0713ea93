import { ForeignStore, RevisionConflict } from './errors.js';
import type { Position } from './event.js';
import type { StoreInitialised } from './kernel-events.js';
import { storeStream } from './kernel-events.js';
import { newestEnvelope } from './personal-envelope.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';
import type { Ids } from './ports/ids.js';

/**
 * Binds the event store to the key of this installation: writes the check at the first start, compares it afterwards.
 * With another key no identity would be found again, and every known person would become a stranger.
 * Answers the epoch of the store: what no other store has, nor a copy of this one in which events stand elsewhere.
 * Throws `ForeignStore`.
 */
export async function checkStoreIdentity(store: EventStore, ids: Ids, clock: Clock): Promise<string> {
  const keyCheck = ids.keyed('store', 'key-check');
  const commandId = ids.next();
  const at = clock.now();
  const actor = { id: 'installation', role: 'workflow' } as const;
  const metadata = { commandId, commandHash: keyCheck, correlationId: commandId, causationId: commandId, actor, at };
  for await (const { id, position, data } of store.readStream(storeStream, { limit: 1 })) {
    const { envelope, keyCheck: written } = data as StoreInitialised['data'];
    if (envelope === 0) {
      throw new ForeignStore(
        'this event store holds personal data in plain text, from a build before the first release: start with an empty one (EVENTSTOREDB_URL, or another DATA_DIR)',
      );
    }
    if (written !== keyCheck) {
      throw new ForeignStore(
        'the key store does not belong to this event store: put back the key store that it was made with (KEYSTORE_URL)',
      );
    }
    return epochOf(id, position);
  }
  try {
    const event = {
      id: commandId,
      type: 'StoreInitialised',
      data: { keyCheck, envelope: newestEnvelope },
      metadata: { ...metadata, schemaVersion: 2 },
    };
    const { position } = await store.append(storeStream, [event], 'none');
    return epochOf(commandId, position);
  } catch (fault) {
    // Another process of the same installation was faster.
    if (fault instanceof RevisionConflict) return checkStoreIdentity(store, ids, clock);
    throw fault;
  }
}

/** Where the first event of the store stands, if there is one yet. It is never removed, and a copy has it elsewhere. */
export async function beginningOf(store: EventStore): Promise<Position | undefined> {
  for await (const { position } of store.readStream(storeStream, { limit: 1 })) return position;
  return undefined;
}

function epochOf(id: string, position: Position): string {
  return `${id}@${position}`;
}
