import { Pacer } from '../cursors/batch.js';
import { TailReader } from '../cursors/tail.js';
import { cursorNotFound } from '../cursors/registry.js';
import type { Cursor } from '../cursors/registry.js';
import { MongoError, typeName } from '../values/index.js';
import type { Document } from '../values/index.js';
import { Arguments } from './arguments.js';
import type { Request, Server } from './command.js';
import { cursorReply } from './cursor-reply.js';
import { sessionKey } from './sessions.js';

/** How long a getMore awaits data without `maxTimeMS`. */
const AWAIT_MS = 1000;

export async function getMore(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime']);
  const id = request.body.get('getMore');
  if (typeof id !== 'bigint') {
    throw new MongoError(14, `BSON field 'getMore.getMore' is the wrong type '${typeName(id)}', expected type 'long'`);
  }
  const namespace = `${request.database}.${args.required('collection', args.string('collection'))}`;
  const batchSize = args.count('batchSize') ?? 0;
  const cursor = server.cursors.find(id);
  if (cursor === undefined) throw cursorNotFound(id);
  checkOwner(cursor, namespace, sessionKey(request.body.get('lsid')));
  cursor.busy = true;
  try {
    const batch = await readBatch(cursor, batchSize === 0 ? Infinity : batchSize, request);
    if (cursor.reader.exhausted) server.cursors.close(id);
    return cursorReply(namespace, cursor.reader.exhausted ? 0n : id, 'nextBatch', batch);
  } catch (error) {
    server.cursors.close(id);
    throw error;
  } finally {
    cursor.busy = false;
    cursor.lastUsed = Date.now();
  }
}

/** Where a cursor awaits data, `maxTimeMS` says for how long; it is no error when none comes. */
async function readBatch({ reader, awaitsData }: Cursor, maxDocuments: number, request: Request): Promise<Document[]> {
  const { closed } = request.client;
  if (!awaitsData || !(reader instanceof TailReader))
    return reader.read(maxDocuments, new Pacer(request.deadline, closed));
  const end = Math.min(request.deadline, performance.now() + AWAIT_MS);
  for (;;) {
    const batch = await reader.read(maxDocuments, new Pacer(Infinity, closed));
    const left = end - performance.now();
    if (batch.length > 0 || reader.exhausted || left <= 0 || closed.aborted) return batch;
    await reader.awaitMore(left, closed);
  }
}

function checkOwner(cursor: Cursor, namespace: string, session: string | undefined): void {
  if (cursor.namespace !== namespace) {
    throw new MongoError(
      13,
      `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
    );
  }
  if (cursor.session !== session) {
    throw new MongoError(50738, `Cannot run getMore on cursor ${cursor.id}, which was created in another session`);
  }
  if (cursor.busy) throw new MongoError(12051, `cursor ${cursor.id} is already in use`);
}
