import { Pacer, ResultReader } from '../cursors/batch.js';
import type { BatchReader, Results } from '../cursors/batch.js';
import { Document } from '../values/index.js';
import type { Request, Server } from './command.js';
import { sessionKey } from './sessions.js';

/** Documents in a first batch when the client does not say. */
export const DEFAULT_FIRST_BATCH = 101;

export interface CursorOptions {
  readonly batchSize: number;
  /** Over all batches; Infinity for all results. */
  readonly limit: number;
  /** The cursor closes with its first batch, whatever is left. */
  readonly singleBatch: boolean;
}

/** Reads the first batch of some results, and keeps a cursor open over what is left of them. */
export function firstBatch(
  request: Request,
  server: Server,
  namespace: string,
  results: Results,
  options: CursorOptions,
): Promise<Document> {
  return openCursor(request, server, namespace, new ResultReader(results, options.limit), options);
}

/** The same for any reader. */
export async function openCursor(
  request: Request,
  server: Server,
  namespace: string,
  reader: BatchReader,
  options: Omit<CursorOptions, 'limit'> & { readonly awaitsData?: boolean },
): Promise<Document> {
  const documents = await reader.read(options.batchSize, new Pacer(request.deadline, request.client.closed));
  const keep = !reader.exhausted && !options.singleBatch;
  if (!keep) {
    reader.close();
    return cursorReply(namespace, 0n, 'firstBatch', documents);
  }
  const session = sessionKey(request.body.get('lsid'));
  const { id } = server.cursors.open({ namespace, session, reader, awaitsData: options.awaitsData ?? false });
  return cursorReply(namespace, id, 'firstBatch', documents);
}

export function cursorReply(
  namespace: string,
  id: bigint,
  batch: 'firstBatch' | 'nextBatch',
  documents: Document[],
): Document {
  const cursor = new Document();
  if (batch === 'firstBatch') cursor.set(batch, documents);
  cursor.set('id', id).set('ns', namespace);
  if (batch === 'nextBatch') cursor.set(batch, documents);
  return new Document([['cursor', cursor]]);
}
