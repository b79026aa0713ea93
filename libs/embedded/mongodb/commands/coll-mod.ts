import { indexSpec } from '../indexes/index-spec.js';
import type { SecondaryIndex } from '../indexes/secondary-index.js';
import { validatorOf } from '../storage/validation.js';
import type { Collection } from '../storage/collection.js';
import { Document, equal, int32, MongoError } from '../values/index.js';
import { Arguments } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';
import { WriteRun } from './write-run.js';

/** `collMod`: changes a collection's validator, and an index's expiry or visibility. */
export async function collMod(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['index', 'validator', 'validationLevel', 'validationAction']);
  const { namespace, database, collection } = target(request, server);
  if (database === undefined || collection === undefined) throw new MongoError(26, `ns does not exist: ${namespace}`);
  const options = changedOptions(args, collection);
  const reply = new Document();
  const index = args.document('index');
  const run = new WriteRun(request, database);
  run.change(() => {
    database.setOptions(collection, options);
    if (index !== undefined)
      changeIndex(
        index,
        collection,
        (old, spec) => {
          database.replaceSpec(collection, old, spec);
        },
        reply,
      );
  });
  await run.settled();
  return reply;
}

function changedOptions(args: Arguments, collection: Collection): Document {
  const options = collection.options.clone();
  const validator = args.document('validator');
  if (validator?.size === 0) options.delete('validator');
  else if (validator !== undefined) options.set('validator', validator);
  for (const name of ['validationLevel', 'validationAction']) {
    const value = args.string(name);
    if (value !== undefined) options.set(name, value);
  }
  validatorOf(options);
  return options;
}

function changeIndex(
  change: Document,
  collection: Collection,
  replace: (old: SecondaryIndex, spec: ReturnType<typeof indexSpec>) => void,
  reply: Document,
): void {
  const args = Arguments.ofDocument(change, 'collMod.index', ['name', 'keyPattern', 'expireAfterSeconds', 'hidden']);
  const name = args.string('name');
  const pattern = args.document('keyPattern');
  if ((name === undefined) === (pattern === undefined))
    throw new MongoError(72, 'Must specify either index name or key pattern');
  const index = collection.indexes.find(({ spec }) =>
    pattern === undefined ? spec.name === name : equal(spec.keyPattern, pattern),
  );
  if (index === undefined)
    throw new MongoError(27, `cannot find index ${name ?? 'of that key'} for ns ${collection.namespace}`);
  const next = index.spec.document.clone();
  const seconds = args.number('expireAfterSeconds');
  const hidden = args.boolean('hidden');
  if (seconds === undefined && hidden === undefined) throw new MongoError(72, 'no expireAfterSeconds or hidden field');
  if (seconds !== undefined) {
    if (index.spec.key.length > 1) throw new MongoError(72, 'TTL indexes are single-field indexes');
    reply
      .set('expireAfterSeconds_old', int32(index.spec.expireAfterSeconds ?? 0))
      .set('expireAfterSeconds_new', int32(seconds));
    next.set('expireAfterSeconds', int32(seconds));
  }
  if (hidden !== undefined) {
    reply.set('hidden_old', index.spec.hidden).set('hidden_new', hidden);
    if (hidden) next.set('hidden', true);
    else next.delete('hidden');
  }
  replace(index, indexSpec(next));
}
