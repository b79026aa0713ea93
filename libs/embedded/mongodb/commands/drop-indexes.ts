import type { SecondaryIndex } from '../indexes/secondary-index.js';
import type { Collection } from '../storage/collection.js';
import { Document, equal, int32, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';
import { WriteRun } from './write-run.js';

/** `dropIndexes` and its old name `deleteIndexes`. */
export async function dropIndexes(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['index']);
  const { namespace, database, collection } = target(request, server);
  if (database === undefined || collection === undefined) throw new MongoError(26, `ns not found ${namespace}`);
  const wanted = args.required('index', args.raw('index'));
  const before = collection.indexes.length + 1;
  const doomed = Array.isArray(wanted)
    ? wanted.flatMap((name) => indexesNamed(collection, name))
    : wanted === '*'
      ? collection.indexes
      : indexesNamed(collection, wanted);
  const run = new WriteRun(request, database);
  run.change(() => {
    for (const index of doomed) database.dropIndex(collection, index);
  });
  await run.settled();
  return new Document([['nIndexesWas', int32(before)]]);
}

/** Throws 72 for the index on `_id`, 27 when there is none of that name or key. */
function indexesNamed(collection: Collection, wanted: Value): readonly SecondaryIndex[] {
  const matches = ({ spec }: { readonly spec: SecondaryIndex['spec'] }): boolean =>
    wanted instanceof Document ? equal(spec.keyPattern, wanted) : spec.name === wanted;
  if (matches(collection.idIndex)) throw new MongoError(72, 'cannot drop _id index');
  const found = collection.indexes.filter(matches);
  if (found.length > 0) return found;
  throw new MongoError(27, `index not found with name or key [${typeof wanted === 'string' ? wanted : 'given'}]`);
}
