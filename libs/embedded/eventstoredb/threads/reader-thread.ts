import { parentPort, workerData } from 'node:worker_threads';
import { openForReading } from '../storage/connection.js';
import { EventReader } from '../storage/event-reader.js';
import { readEncodedPage } from './encoded-page.js';
import { describeFailure } from './failures.js';
import type { PageReply, PageRequest } from './messages.js';

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
  parentPort?.postMessage(reply, 'page' in reply ? movable(reply.page.content) : []);
});

/** Pages are moved to the other thread rather than copied, unless they share their memory with others. */
function movable({ buffer, byteLength }: Uint8Array<ArrayBuffer>): ArrayBuffer[] {
  return buffer.byteLength === byteLength ? [buffer] : [];
}

function answer({ number, plan, limit, uuidForm }: PageRequest): PageReply {
  try {
    return { number, page: readEncodedPage(reader, plan, limit, uuidForm) };
  } catch (error) {
    return { number, failure: describeFailure(error) };
  }
}
