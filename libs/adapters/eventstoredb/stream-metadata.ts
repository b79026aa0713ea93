import { randomUUID } from 'node:crypto';
import { BACKWARDS, END } from '@eventstore/db-client';
import type { EventStoreDBClient, ReadStreamOptions } from '@eventstore/db-client';
import { DamagedData, RevisionConflict } from '#event-sourcing';
import type { Appended, ExpectedRevision } from '#event-sourcing';
import type { WireEvent } from './append-request.js';
import type { ReadEvents } from './reading.js';

type Append = (stream: string, events: readonly WireEvent[], expected: ExpectedRevision) => Promise<Appended>;

/**
 * Changes keys of a stream's metadata and keeps the others. The client's own calls do not do: they replace all of it,
 * and they answer a position where the revision is asked for.
 */
export function createMetadataChange(client: EventStoreDBClient, readEvents: ReadEvents, append: Append) {
  async function newest(metastream: string): Promise<{ revision: ExpectedRevision; keys: object }> {
    const options: ReadStreamOptions = { fromRevision: END, direction: BACKWARDS, maxCount: 1 };
    for await (const batch of readEvents(metastream, () => client.readStream(metastream, options))) {
      for (const { revision, data } of batch) {
        if (typeof data !== 'object' || data === null) throw new DamagedData(metastream);
        return { revision, keys: data };
      }
    }
    return { revision: 'none', keys: {} };
  }

  return async function change(stream: string, keys: Readonly<Record<`$${string}`, number>>): Promise<void> {
    const metastream = `$$${stream}`;
    // Mostly the first change of a stream's metadata is the only one, and needs no read.
    let known: Awaited<ReturnType<typeof newest>> = { revision: 'none', keys: {} };
    for (;;) {
      const event = { id: randomUUID(), type: '$metadata', data: { ...known.keys, ...keys }, metadata: {} };
      try {
        await append(metastream, [event], known.revision);
        return;
      } catch (fault) {
        if (!(fault instanceof RevisionConflict)) throw fault;
        known = await newest(metastream);
      }
    }
  };
}
