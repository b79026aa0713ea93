import { indexSpec } from '../indexes/index-spec.js';
import type { IndexSpec } from '../indexes/index-spec.js';
import { parseIndexSpec } from '../indexes/parse-index-spec.js';
import type { SecondaryIndex } from '../indexes/secondary-index.js';
import type { Collection } from '../storage/collection.js';
import { Document, equal, int32, MongoError, typeName } from '../values/index.js';
import { Arguments } from './arguments.js';
import { collectionNamed, collectionToWrite } from './collections.js';
import type { Request, Server } from './command.js';
import { collectionName } from './namespace.js';
import { WriteRun } from './write-run.js';

/** Documents indexed in one go before others have their turn. */
const CHUNK = 200;

export async function createIndexes(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions']);
  const name = collectionName(request);
  const declared = args.required('indexes', args.array('indexes'));
  if (declared.length === 0) throw new MongoError(2, 'Must specify at least one index to create');
  const run = new WriteRun(request, server.storage.open(request.database));
  const existed = run.database.collections.has(name);
  const collation = collectionNamed(run.database, name)?.options.get('collation');
  const specs = declared.map((specification) => {
    if (specification instanceof Document) return parseIndexSpec(specification, collation);
    throw new MongoError(14, `The elements of the 'indexes' array must be objects, but got ${typeName(specification)}`);
  });
  refuseRepeated(specs);
  const collection = run.change(() => collectionToWrite(run.database, name));
  const before = collection.indexes.length + 1;
  const wanted = specs.filter((spec) => !exists(collection, spec));
  await build(run, collection, wanted);
  await run.settled();
  const reply = new Document([
    ['numIndexesBefore', int32(before)],
    ['numIndexesAfter', int32(before + wanted.length)],
    ['createdCollectionAutomatically', !existed],
  ]);
  return wanted.length === 0 ? reply.set('note', 'all indexes already exist') : reply;
}

function refuseRepeated(specs: readonly IndexSpec[]): void {
  specs.forEach((spec, position) => {
    const earlier = specs.slice(0, position);
    if (earlier.some((other) => other.name === spec.name && sameIdentity(other, spec))) {
      throw new MongoError(68, `Identical index already exists: ${spec.name}`);
    }
    earlier.forEach((other) => {
      refuseConflict(spec, other);
    });
  });
}

/** Whether the index is there already. Throws 85 or 86 when one is there that is neither the same nor another one. */
function exists(collection: Collection, spec: IndexSpec): boolean {
  if (equal(spec.keyPattern, collection.idIndex.spec.keyPattern)) return true;
  for (const { spec: other } of collection.allIndexes) {
    if (other.name === spec.name && sameIdentity(other, spec) && sameOptions(other, spec)) return true;
    refuseConflict(spec, other);
  }
  return false;
}

function refuseConflict(spec: IndexSpec, other: IndexSpec): void {
  if (sameIdentity(other, spec)) {
    throw new MongoError(85, `Index already exists with a different name or options: ${other.name}`);
  }
  if (other.name === spec.name) {
    throw new MongoError(86, `An existing index has the same name as the requested index: ${spec.name}`);
  }
}

/** What tells two indexes over one key apart; everything else is an option of one and the same index. */
const sameIdentity = (a: IndexSpec, b: IndexSpec): boolean =>
  equal(a.keyPattern, b.keyPattern) &&
  a.unique === b.unique &&
  a.sparse === b.sparse &&
  equal(a.partialFilter, b.partialFilter) &&
  equal(a.collation, b.collation);

const sameOptions = (a: IndexSpec, b: IndexSpec): boolean =>
  a.expireAfterSeconds === b.expireAfterSeconds && a.hidden === b.hidden;

/** Builds the indexes while other clients go on reading and writing; if one fails, none is left behind. */
async function build(run: WriteRun, collection: Collection, specs: readonly IndexSpec[]): Promise<void> {
  const built: SecondaryIndex[] = [];
  try {
    for (const spec of specs) {
      const index = run.change(() => run.database.createIndex(collection, indexSpec(spec.document)));
      built.push(index);
      while (!run.change(() => collection.buildIndex(index, CHUNK))) await run.pacer.rest();
    }
    run.change(() => {
      for (const index of built) index.finish();
    });
  } catch (error) {
    run.change(() => {
      for (const index of built) if (!collection.dropped) run.database.dropIndex(collection, index);
    });
    throw error;
  }
}
