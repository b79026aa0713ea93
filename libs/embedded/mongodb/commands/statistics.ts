import { statSync } from 'node:fs';
import type { Collection } from '../storage/collection.js';
import { Document, int32, MongoError } from '../values/index.js';
import { Arguments, countValue } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';

/** `dbStats`; sizes in bytes divided by `scale`. */
export function dbStats(request: Request, server: Server): Document {
  const scale = Arguments.of(request, ['scale', 'freeStorage']).number('scale') ?? 1;
  const database = server.storage.find(request.database);
  const collections = [...(database?.collections.values() ?? [])];
  const sum = (of: (collection: Collection) => number): number =>
    collections.reduce((total, each) => total + of(each), 0);
  const objects = sum((collection) => collection.count());
  const dataSize = sum((collection) => collection.dataSize());
  return new Document([
    ['db', request.database],
    ['collections', countValue(collections.length)],
    ['views', int32(0)],
    ['objects', countValue(objects)],
    ['avgObjSize', objects === 0 ? 0 : dataSize / objects],
    ['dataSize', dataSize / scale],
    ['storageSize', (database === undefined ? 0 : statSync(database.file.path).size) / scale],
    ['indexes', countValue(sum((collection) => collection.indexes.length + 1))],
    [
      'indexSize',
      sum((collection) => collection.indexes.reduce((total, index) => total + index.table.size(), 0)) / scale,
    ],
    ['scaleFactor', scale],
  ]);
}

/** `collStats`; sizes in bytes divided by `scale`. */
export function collStats(request: Request, server: Server): Document {
  const scale = Arguments.of(request, ['scale']).number('scale') ?? 1;
  if (!(scale >= 1)) throw new MongoError(51024, 'scale has to be at least 1');
  const { namespace, collection } = target(request, server);
  return new Document([
    ['ns', namespace],
    ...(collection === undefined ? EMPTY : collectionStatistics(collection, scale)),
  ]);
}

const EMPTY = new Document([
  ['size', int32(0)],
  ['count', int32(0)],
  ['storageSize', int32(0)],
  ['totalSize', int32(0)],
  ['nindexes', int32(0)],
  ['totalIndexSize', int32(0)],
  ['indexSizes', new Document()],
]);

function collectionStatistics(collection: Collection, scale: number): Document {
  const count = collection.count();
  const size = collection.dataSize();
  const sizes = collection.indexes.map((index) => [index.spec.name, index.table.size()] as const);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  const scaled = (bytes: number) => countValue(Math.floor(bytes / scale));
  return new Document([
    ['size', scaled(size)],
    ['count', countValue(count)],
    ['avgObjSize', countValue(count === 0 ? 0 : Math.floor(size / count))],
    ['storageSize', scaled(size)],
    ['totalSize', scaled(size + total)],
    ['capped', collection.options.get('capped') === true],
    ['nindexes', int32(sizes.length + 1)],
    ['totalIndexSize', scaled(total)],
    ['indexSizes', new Document(sizes.map(([name, bytes]) => [name, scaled(bytes)] as const))],
    ['scaleFactor', scale],
  ]);
}
