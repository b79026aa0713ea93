import { matches, parseFilter } from '../matching/index.js';
import { plainContext } from '../storage/plain-context.js';
import type { Collection } from '../storage/collection.js';
import type { Database } from '../storage/database.js';
import type { View } from '../storage/view.js';
import { Binary, Document } from '../values/index.js';
import { Arguments } from './arguments.js';
import type { Request, Server } from './command.js';
import { DEFAULT_FIRST_BATCH, firstBatch } from './cursor-reply.js';

export async function listCollections(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['filter', 'nameOnly', 'authorizedCollections', 'cursor']);
  const filter = args.document('filter');
  const expression = filter && parseFilter(filter, plainContext());
  const nameOnly = args.boolean('nameOnly') ?? false;
  const entries: Document[] = [];
  for (const entry of allEntries(server.storage.find(request.database))) {
    if (expression !== undefined && !matches(expression, entry)) continue;
    entries.push(nameOnly ? new Document([...entry].slice(0, 2)) : entry);
  }
  const cursor = args.document('cursor');
  const batchSize =
    cursor === undefined ? undefined : Arguments.ofDocument(cursor, 'cursor', ['batchSize']).count('batchSize');
  return firstBatch(request, server, `${request.database}.$cmd.listCollections`, entries.values(), {
    batchSize: batchSize ?? DEFAULT_FIRST_BATCH,
    limit: Infinity,
    singleBatch: false,
  });
}

function allEntries(database: Database | undefined): Document[] {
  if (database === undefined) return [];
  const collections = Array.from(database.collections, ([name, collection]) => collectionEntry(name, collection));
  return [...collections, ...Array.from(database.views, ([name, view]) => viewEntry(name, view))];
}

const viewEntry = (name: string, { options }: View): Document =>
  new Document([
    ['name', name],
    ['type', 'view'],
    ['options', options],
    ['info', Document.of({ readOnly: true })],
  ]);

function collectionEntry(name: string, collection: Collection): Document {
  const info = new Document([
    ['readOnly', false],
    ['uuid', new Binary(4, collection.uuid)],
  ]);
  const entry = new Document([
    ['name', name],
    ['type', 'collection'],
    ['options', collection.options],
    ['info', info],
  ]);
  return collection.clustered ? entry : entry.set('idIndex', collection.idIndex.spec.document);
}
