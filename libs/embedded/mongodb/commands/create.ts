import { Document, equal, int32, isNumeric, MongoError, toDouble } from '../values/index.js';
import { parseCollation } from '../collation/index.js';
import { Arguments } from './arguments.js';
import type { Request, Server } from './command.js';
import { putView, readView } from './create-view.js';
import { collectionName } from './namespace.js';
import { WriteRun } from './write-run.js';
import { validatorOf } from '../storage/validation.js';

const STORED_OPTIONS = [
  'capped',
  'size',
  'max',
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
  'indexOptionDefaults',
  'storageEngine',
  'changeStreamPreAndPostImages',
];
const VIEW_OPTIONS = ['viewOn', 'pipeline'];
const REFUSED_OPTIONS = ['timeseries', 'expireAfterSeconds', 'encryptedFields'];

export async function create(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, [
    ...STORED_OPTIONS,
    ...REFUSED_OPTIONS,
    ...VIEW_OPTIONS,
    'clusteredIndex',
    'autoIndexId',
    'idIndex',
    'temp',
    'flags',
  ]);
  const name = collectionName(request);
  for (const refused of REFUSED_OPTIONS) {
    if (args.raw(refused) !== undefined)
      throw new MongoError(115, `create with '${refused}' is not supported by the embedded server`);
  }
  const view = args.string('viewOn') === undefined ? undefined : readView(args, { request, server }, STORED_OPTIONS);
  if (view === undefined && args.raw('pipeline') !== undefined)
    throw new MongoError(72, "'pipeline' requires 'viewOn' to also be specified");
  const options = view === undefined ? collectionOptions(args) : view.options;
  const run = new WriteRun(request, server.storage.open(request.database));
  run.change(() => {
    const existing = run.database.collections.get(name) ?? run.database.views.get(name);
    if (existing === undefined && view !== undefined) putView(run.database, name, view);
    else if (existing === undefined) run.database.createCollection(name, options);
    else if (!equal(existing.options, options)) {
      throw new MongoError(48, `namespace ${request.database}.${name} already exists, but with different options`);
    }
  });
  await run.settled();
  return new Document();
}

function collectionOptions(args: Arguments): Document {
  const options = new Document();
  for (const name of STORED_OPTIONS) {
    const value = args.raw(name);
    if (value !== undefined && value !== null) options.set(name, value);
  }
  if (args.boolean('capped') === true) {
    const size = args.number('size');
    if (size === undefined) throw new MongoError(72, "the 'size' field is required when 'capped' is true");
    if (!(size > 0)) throw new MongoError(51024, `BSON field 'size' value must be >= 1, actual value '${size}'`);
  } else {
    if (args.raw('capped') !== undefined) options.delete('capped');
    if (isNumeric(args.raw('size')) || isNumeric(args.raw('max'))) {
      throw new MongoError(
        72,
        "the 'capped' field needs to be true when either the 'size' or 'max' fields are present",
      );
    }
  }
  const collation = args.document('collation');
  if (collation !== undefined) {
    const parsed = parseCollation(collation);
    if (parsed === undefined) options.delete('collation');
    else options.set('collation', parsed.specification);
  }
  const clustered = args.document('clusteredIndex');
  if (clustered !== undefined) options.set('clusteredIndex', clusteredIndex(clustered));
  args.document('validator');
  validatorOf(options);
  return options;
}

/** As listCollections shows it. Throws 197 for a key other than `_id`, or an index that is not unique. */
function clusteredIndex(declared: Document): Document {
  const args = Arguments.ofDocument(declared, 'create.clusteredIndex', ['v', 'key', 'unique', 'name']);
  const key = args.required('key', args.document('key'));
  const [path, direction] = [...key][0] ?? [];
  if (key.size !== 1 || path !== '_id' || !isNumeric(direction) || toDouble(direction) !== 1)
    throw new MongoError(197, 'The clusteredIndex option requires the key { _id: 1 }');
  if (!args.required('unique', args.boolean('unique')))
    throw new MongoError(197, 'The clusteredIndex option requires unique: true to be specified');
  return new Document([
    ['v', int32(2)],
    ['key', new Document([['_id', int32(1)]])],
    ['name', args.string('name') ?? '_id_'],
    ['unique', true],
  ]);
}
