import { indexSpec } from '../indexes/index-spec.js';
import type { SecondaryIndex } from '../indexes/secondary-index.js';
import { CannotConvertToUnique } from '../storage/duplicate-key.js';
import { validatorOf } from '../storage/validation.js';
import type { Collection } from '../storage/collection.js';
import type { Database } from '../storage/database.js';
import { Document, equal, int32, MongoError } from '../values/index.js';
import { Arguments } from './arguments.js';
import { readTarget } from './collections.js';
import type { Request, Server } from './command.js';
import { putView, readView } from './create-view.js';
import { collectionName } from './namespace.js';
import { WriteRun } from './write-run.js';

/** Shared keys that are named when an index cannot be made unique. */
const MAX_VIOLATIONS = 1000;
const VIEW_FIELDS = ['viewOn', 'pipeline'];
const FIELDS = ['index', 'validator', 'validationLevel', 'validationAction', 'changeStreamPreAndPostImages'];
const INDEX_FIELDS = ['name', 'keyPattern', 'expireAfterSeconds', 'hidden', 'prepareUnique', 'unique'];

/** `collMod`: changes a collection's validator, an index's expiry, visibility or uniqueness, or what a view shows. */
export async function collMod(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, [...FIELDS, ...VIEW_FIELDS]);
  const { namespace, database, collection, view } = readTarget(request, server);
  if (database !== undefined && view !== undefined) return changeView(request, server, args, database);
  if (database === undefined || collection === undefined) throw new MongoError(26, `ns does not exist: ${namespace}`);
  if (VIEW_FIELDS.some((field) => args.raw(field) !== undefined))
    throw new MongoError(72, `'viewOn' and 'pipeline' belong to views: ${namespace} is a collection`);
  const options = changedOptions(args, collection);
  const reply = new Document();
  const change = args.document('index');
  const run = new WriteRun(request, database);
  run.change(() => {
    if (change !== undefined) {
      const index = changedIndex(change, collection);
      const next = changedSpec(change, index, collection, reply);
      database.replaceSpec(collection, index, indexSpec(next));
    }
    database.setOptions(collection, options);
  });
  await run.settled();
  return reply;
}

/** A view is declared anew as a whole. */
async function changeView(request: Request, server: Server, args: Arguments, database: Database): Promise<Document> {
  const name = collectionName(request);
  args.required('pipeline', args.array('pipeline'));
  const view = readView(args, { request, server }, FIELDS);
  const collation = database.views.get(name)?.options.get('collation');
  if (collation !== undefined) view.options.set('collation', collation);
  const run = new WriteRun(request, database);
  run.change(() => {
    putView(database, name, view);
  });
  await run.settled();
  return new Document();
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
  const images = args.document('changeStreamPreAndPostImages');
  if (images !== undefined) options.set('changeStreamPreAndPostImages', images);
  validatorOf(options);
  return options;
}

/** The index that a change names. Throws 72 when it names it by nothing or twice, 27 when there is none. */
function changedIndex(change: Document, collection: Collection): SecondaryIndex {
  const args = Arguments.ofDocument(change, 'collMod.index', INDEX_FIELDS);
  const name = args.string('name');
  const pattern = args.document('keyPattern');
  if ((name === undefined) === (pattern === undefined))
    throw new MongoError(72, 'Must specify either index name or key pattern');
  const index = collection.indexes.find(({ spec }) =>
    pattern === undefined ? spec.name === name : equal(spec.keyPattern, pattern),
  );
  if (index !== undefined) return index;
  throw new MongoError(27, `cannot find index ${name ?? 'of that key'} for ns ${collection.namespace}`);
}

/** The index's declaration after the change; what changes is told in the reply. */
function changedSpec(change: Document, index: SecondaryIndex, collection: Collection, reply: Document): Document {
  const { spec } = index;
  const args = Arguments.ofDocument(change, 'collMod.index', INDEX_FIELDS);
  const next = spec.document.clone();
  const seconds = args.number('expireAfterSeconds');
  const hidden = args.boolean('hidden');
  const prepareUnique = args.boolean('prepareUnique');
  const unique = args.boolean('unique');
  if ([seconds, hidden, prepareUnique, unique].every((each) => each === undefined))
    throw new MongoError(72, 'no expireAfterSeconds, hidden, unique, or prepareUnique field');
  if (seconds !== undefined) {
    if (spec.key.length > 1) throw new MongoError(72, 'TTL indexes are single-field indexes');
    if (spec.expireAfterSeconds !== undefined) reply.set('expireAfterSeconds_old', int32(spec.expireAfterSeconds));
    reply.set('expireAfterSeconds_new', int32(seconds));
    next.set('expireAfterSeconds', int32(seconds));
  }
  if (hidden !== undefined) {
    reply.set('hidden_old', spec.hidden).set('hidden_new', hidden);
    setFlag(next, 'hidden', hidden);
  }
  if (prepareUnique !== undefined) {
    reply.set('prepareUnique_old', next.get('prepareUnique') === true).set('prepareUnique_new', prepareUnique);
    setFlag(next, 'prepareUnique', prepareUnique);
  }
  if (unique !== undefined) {
    makeUnique(unique, next, index, collection);
    reply.set('unique_new', true);
  }
  return next;
}

function setFlag(document: Document, name: string, value: boolean): void {
  if (value) document.set(name, true);
  else document.delete(name);
}

/** Throws 72 unless the index was prepared for it, CannotConvertToUnique when documents share a key. */
function makeUnique(unique: boolean, next: Document, index: SecondaryIndex, collection: Collection): void {
  if (!unique) throw new MongoError(72, "collMod cannot make an index non-unique: 'unique' has to be true");
  if (next.get('prepareUnique') !== true)
    throw new MongoError(72, 'an index has to be prepared (prepareUnique: true) before it is made unique');
  const shared = index.sharedKeys(MAX_VIOLATIONS);
  if (shared.length > 0) {
    const ids = shared.map((rids) => rids.map((rid) => collection.byRid(rid)?.document.get('_id') ?? null));
    throw new CannotConvertToUnique(ids);
  }
  next.delete('prepareUnique');
  next.set('unique', true);
}
