import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Collection } from '../storage/collection.js';
import type { Database } from '../storage/database.js';
import { Document, int32, isNumeric, MongoError, toDouble } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments, countValue } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';

/** `dbStats`; sizes in bytes divided by `scale`. */
export function dbStats(request: Request, server: Server): Document {
  const scale = readScale(Arguments.of(request, ['scale', 'freeStorage']));
  const database = server.storage.find(request.database);
  const collections = [...(database?.collections.values() ?? [])];
  const sum = (of: (collection: Collection) => number): number =>
    collections.reduce((total, each) => total + of(each), 0);
  const objects = sum((collection) => collection.count());
  const dataSize = sum((collection) => collection.dataSize());
  const onDisk = database === undefined ? 0 : bytesOnDisk(database);
  const indexSize = sum((collection) => indexSizes(collection).reduce((total, [, bytes]) => total + bytes, 0));
  const stats = new Document([
    ['db', request.database],
    ['collections', countValue(collections.length)],
    ['views', countValue(database?.views.size ?? 0)],
    ['objects', countValue(objects)],
    ['avgObjSize', objects === 0 ? 0 : dataSize / objects],
    ['dataSize', dataSize / scale],
    ['storageSize', onDisk / scale],
    ['indexes', countValue(sum((collection) => collection.indexes.length + 1))],
    ['indexSize', indexSize / scale],
    ['totalSize', onDisk / scale],
    ['scaleFactor', scale],
  ]);
  if (database === undefined) return stats;
  const { blocks, bfree, bsize } = statfsSync(dirname(database.file.path));
  return stats.set('fsUsedSize', ((blocks - bfree) * bsize) / scale).set('fsTotalSize', (blocks * bsize) / scale);
}

/** `collStats`; sizes in bytes divided by `scale`. */
export function collStats(request: Request, server: Server): Document {
  const scale = readScale(Arguments.of(request, ['scale']));
  const { namespace, collection } = target(request, server);
  return new Document([
    ['ns', namespace],
    ...(collection === undefined ? EMPTY : collectionStatistics(collection, scale)),
    ['scaleFactor', scale],
  ]);
}

const EMPTY = new Document([
  ['size', int32(0)],
  ['count', int32(0)],
  ['numOrphanDocs', int32(0)],
  ['storageSize', int32(0)],
  ['totalSize', int32(0)],
  ['nindexes', int32(0)],
  ['totalIndexSize', int32(0)],
  ['indexDetails', new Document()],
  ['indexSizes', new Document()],
]);

/** What `collStats` and `$collStats: { storageStats }` tell of a collection. */
export function collectionStatistics(collection: Collection, scale: number): Document {
  const count = collection.count();
  const size = collection.dataSize();
  const sizes = indexSizes(collection);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  const scaled = (bytes: number): Value => countValue(Math.floor(bytes / scale));
  return new Document([
    ['size', scaled(size)],
    ['count', countValue(count)],
    ...(count === 0 ? [] : [['avgObjSize', countValue(Math.floor(size / count))] as const]),
    ['numOrphanDocs', int32(0)],
    ['storageSize', scaled(size)],
    ['freeStorageSize', int32(0)],
    ['capped', collection.options.get('capped') === true],
    ...cappedBounds(collection.options, scaled),
    ['nindexes', int32(sizes.length)],
    ['indexDetails', new Document()],
    ['indexBuilds', []],
    ['totalIndexSize', scaled(total)],
    ['totalSize', scaled(size + total)],
    ['indexSizes', new Document(sizes.map(([name, bytes]) => [name, scaled(bytes)] as const))],
  ]);
}

/** `max` and `maxSize` of a capped collection. */
function cappedBounds(options: Document, scaled: (bytes: number) => Value): (readonly [string, Value])[] {
  if (options.get('capped') !== true) return [];
  const [max, size] = [options.get('max'), options.get('size')];
  return [
    ['max', isNumeric(max) ? max : 0n],
    ['maxSize', scaled(isNumeric(size) ? toDouble(size) : 0)],
  ];
}

const indexSizes = (collection: Collection): (readonly [string, number])[] =>
  [collection.idIndex, ...collection.indexes].map(({ spec, table }) => [spec.name, table.size()] as const);

/** A database's file with its log, in bytes. */
export function bytesOnDisk({ file }: Database): number {
  const log = statSync(`${file.path}-wal`, { throwIfNoEntry: false });
  return statSync(file.path).size + (log?.size ?? 0);
}

function readScale(args: Arguments): number {
  const scale = args.number('scale') ?? 1;
  if (!(scale >= 1)) throw new MongoError(51024, `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  return Math.trunc(scale);
}
