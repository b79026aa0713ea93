import { parentPort, workerData } from 'node:worker_threads';
import { StreamTombstonedError } from '../semantics/read-stream.js';
import { openForReading } from '../storage/connection.js';
import { DamagedStoreError } from '../storage/damage.js';
import { EventReader } from '../storage/event-reader.js';
import { readEncodedPage } from './encoded-page.js';
import type { Failure, PageReply, PageRequest } from './messages.js';

/** The thread that reads: pages of long reads and catch-ups, over a connection of its own. */
const { directory } = workerData as { directory: string };
const db = openForReading(directory);
const reader = new EventReader(db);

parentPort?.on('message', (request: PageRequest | 'stop') => {
  if (request === 'stop') {
    db.close();
    parentPort?.close();
    return;
  }
  const reply = answer(request);
  parentPort?.postMessage(reply);
});

function answer({ number, plan, limit, uuidForm }: PageRequest): PageReply {
  try {
    return { number, page: readEncodedPage(reader, plan, limit, uuidForm) };
  } catch (error) {
    return { number, failure: describe(error) };
  }
}

function describe(error: unknown): Failure {
  if (error instanceof StreamTombstonedError) return { kind: 'tombstoned', stream: error.stream };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: error instanceof DamagedStoreError ? 'damaged' : 'other', message };
}
