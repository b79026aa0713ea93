import type { Flow, StageContext } from '../aggregation/index.js';
import type { ScannableIndex } from '../indexes/secondary-index.js';
import { parseFilter } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import { nothingExamined } from '../planner/examined.js';
import { runPlan } from '../planner/run.js';
import type { Collection } from '../storage/collection.js';
import { DuplicateKey } from '../storage/duplicate-key.js';
import { parseUpdate } from '../updating/index.js';
import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import { collectionToWrite } from './collections.js';
import type { Request, Server } from './command.js';
import { bypassesValidation, outputTarget } from './output-target.js';
import { prepareDocument } from './prepare-document.js';
import { WriteRun } from './write-run.js';

interface Merging {
  readonly on: readonly string[];
  readonly whenMatched: string | readonly Value[];
  readonly whenNotMatched: string;
  readonly unchecked: boolean;
}

/** `$merge`: each result is put into the document of the target that has the same values in the `on` fields. */
export async function merge(
  request: Request,
  server: Server,
  results: Flow,
  specification: Value,
  context: StageContext,
): Promise<void> {
  const fields =
    specification instanceof Document
      ? Arguments.ofDocument(specification, '$merge', ['into', 'on', 'whenMatched', 'whenNotMatched', 'let'])
      : undefined;
  const { database, name } = outputTarget(request, fields === undefined ? specification : fields.raw('into'), '$merge');
  const merging = readMerging(fields, bypassesValidation(request));
  const run = new WriteRun(request, server.storage.open(database));
  const collection = run.change(() => collectionToWrite(run.database, name));
  checkUnique(collection, merging.on);
  for (const document of results) {
    if (document !== undefined)
      run.change(() => {
        mergeOne(collection, prepareDocument(document), merging, context);
      });
    if (run.pacer.due) await run.pacer.rest();
  }
  await run.settled();
}

const WHEN_MATCHED: readonly Value[] = ['replace', 'keepExisting', 'merge', 'fail'];

function readMerging(fields: Arguments | undefined, unchecked: boolean): Merging {
  const on = fields?.raw('on') ?? '_id';
  const paths = Array.isArray(on) ? on : [on];
  const whenMatched = fields?.raw('whenMatched') ?? 'merge';
  const whenNotMatched = fields?.string('whenNotMatched') ?? 'insert';
  const isPipeline = Array.isArray(whenMatched);
  if (!isPipeline && !WHEN_MATCHED.includes(whenMatched)) {
    throw new MongoError(2, "whenMatched must be 'replace', 'keepExisting', 'merge', 'fail' or a pipeline");
  }
  if (!['insert', 'discard', 'fail'].includes(whenNotMatched)) {
    throw new MongoError(2, "whenNotMatched must be 'insert', 'discard' or 'fail'");
  }
  return {
    on: paths.map((path) => {
      if (typeof path === 'string') return path;
      throw new MongoError(51186, "$merge 'on' must be a string or an array of strings");
    }),
    whenMatched: typeof whenMatched === 'string' || Array.isArray(whenMatched) ? whenMatched : 'merge',
    whenNotMatched,
    unchecked,
  };
}

const uniqueIndexOn = (collection: Collection, on: readonly string[]): ScannableIndex | undefined =>
  [collection.idIndex, ...collection.indexes].find(
    ({ spec }) =>
      (spec.unique || spec.name === '_id_') &&
      spec.partialFilter === undefined &&
      spec.key.length === on.length &&
      spec.key.every(({ path }) => on.includes(path)),
  );

/** Without a unique index there could be two documents to merge into. */
function checkUnique(collection: Collection, on: readonly string[]): void {
  if (uniqueIndexOn(collection, on) === undefined)
    throw new MongoError(51183, 'Cannot find index to verify that join fields will be unique');
}

function mergeOne(collection: Collection, document: Document, merging: Merging, context: StageContext): void {
  const condition = new Document(merging.on.map((path) => [path, valueAt(document, path)] as const));
  const filter = parseFilter(condition, context.query);
  const plan = choosePlan(collection, { filter, sort: undefined, limit: 1, hint: undefined, collation: undefined });
  const stored = [...runPlan(plan, collection, nothingExamined())].find((found) => found !== undefined);
  if (stored === undefined) {
    if (merging.whenNotMatched === 'fail')
      throw new MongoError(13113, '$merge could not find a matching document in the target collection');
    if (merging.whenNotMatched === 'discard') return;
    if (!merging.unchecked) collection.validate(document, undefined);
    collection.insert(document);
    return;
  }
  if (merging.whenMatched === 'fail') throw alreadyThere(collection, merging.on, condition);
  const next = mergedDocument(stored.document, document, merging, context);
  if (next === stored.document) return;
  const prepared = prepareDocument(next);
  if (!merging.unchecked) collection.validate(prepared, stored.document);
  collection.replace(stored, prepared);
}

/** What `whenMatched: fail` says: the same as a plain insert would. */
function alreadyThere(collection: Collection, on: readonly string[], keyValue: Document): DuplicateKey {
  const { name, keyPattern } = uniqueIndexOn(collection, on)?.spec ?? collection.idIndex.spec;
  return new DuplicateKey(collection.namespace, name, keyPattern, keyValue);
}

function mergedDocument(before: Document, result: Document, { whenMatched }: Merging, context: StageContext): Document {
  if (typeof whenMatched !== 'string') {
    const variables = new Map([...context.query.variables, ['new', result] as const]);
    const update = parseUpdate([...whenMatched], undefined, { ...context.query, variables });
    return update.apply(before, { isInsert: false, position: undefined });
  }
  if (whenMatched === 'keepExisting') return before;
  const next = whenMatched === 'merge' ? before.clone() : new Document([['_id', before.get('_id') ?? null]]);
  for (const [name, value] of result) if (name !== '_id') next.set(name, value);
  return next;
}

function valueAt(document: Document, path: string): Value {
  let value: Value | undefined = document;
  for (const part of path.split('.')) value = value instanceof Document ? value.get(part) : undefined;
  if (value === undefined || value === null || Array.isArray(value)) {
    throw new MongoError(
      51132,
      `$merge write error: 'on' field '${path}' cannot be missing, null, undefined or an array`,
    );
  }
  return value;
}
