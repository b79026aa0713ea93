import type { Flow, Output, StageContext } from '../aggregation/index.js';
import { parseFilter } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import { runPlan } from '../planner/run.js';
import type { Collection } from '../storage/collection.js';
import { parseUpdate } from '../updating/index.js';
import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import { collectionToWrite } from './collections.js';
import type { Request, Server } from './command.js';
import { checkCollectionName, checkDatabaseName } from './namespace.js';
import { prepareDocument } from './prepare-document.js';
import { WriteRun } from './write-run.js';

/** Writes the results of a pipeline where its last stage says. */
export async function writeOutput(
  request: Request,
  server: Server,
  results: Flow,
  output: Output,
  context: StageContext,
): Promise<void> {
  if (output.stage === '$out') await writeOut(request, server, results, output.specification);
  else await merge(request, server, results, output.specification, context);
}

function readTarget(
  request: Request,
  specification: Value | undefined,
  stage: string,
): { database: string; name: string } {
  const fields =
    specification instanceof Document ? Arguments.ofDocument(specification, stage, ['db', 'coll']) : undefined;
  const name = typeof specification === 'string' ? specification : fields?.string('coll');
  if (name === undefined) throw new MongoError(16990, `${stage} needs the name of a collection`);
  const database = fields?.string('db') ?? request.database;
  checkDatabaseName(database);
  checkCollectionName(database, name);
  return { database, name };
}

/** `$out`: the results replace the collection at once, when all are there; its indexes and options stay. */
async function writeOut(request: Request, server: Server, results: Flow, specification: Value): Promise<void> {
  const { database, name } = readTarget(request, specification, '$out');
  const run = new WriteRun(request, server.storage.open(database));
  const existing = run.database.collections.get(name);
  const temporary = run.change(() => {
    const made = run.database.createCollection(
      `tmp.agg_out.${process.hrtime.bigint()}`,
      existing?.options ?? new Document(),
    );
    for (const index of existing?.indexes ?? []) run.database.createIndex(made, index.spec).finish();
    return made;
  });
  try {
    for (const document of results) {
      if (document !== undefined) run.change(() => temporary.insert(prepareDocument(document)));
      if (run.pacer.due) await run.pacer.rest();
    }
    run.change(() => {
      const replaced = run.database.collections.get(name);
      if (replaced !== undefined) run.database.dropCollection(replaced);
      run.database.renameCollection(temporary, name);
    });
  } catch (error) {
    run.change(() => {
      if (!temporary.dropped) run.database.dropCollection(temporary);
    });
    throw error;
  }
  await run.settled();
}

interface Merging {
  readonly on: readonly string[];
  readonly whenMatched: string | readonly Value[];
  readonly whenNotMatched: string;
}

/** `$merge`: each result is put into the document of the target that has the same values in the `on` fields. */
async function merge(
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
  const { database, name } = readTarget(request, fields === undefined ? specification : fields.raw('into'), '$merge');
  const merging = readMerging(fields);
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

function readMerging(fields: Arguments | undefined): Merging {
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
  };
}

/** Without a unique index there could be two documents to merge into. */
function checkUnique(collection: Collection, on: readonly string[]): void {
  const unique = [collection.idIndex, ...collection.indexes].some(
    ({ spec }) =>
      (spec.unique || spec.name === '_id_') &&
      spec.partialFilter === undefined &&
      spec.key.length === on.length &&
      spec.key.every(({ path }) => on.includes(path)),
  );
  if (!unique) throw new MongoError(51183, 'Cannot find index to verify that join fields will be unique');
}

function mergeOne(collection: Collection, document: Document, merging: Merging, context: StageContext): void {
  const condition = new Document(merging.on.map((path) => [path, valueAt(document, path)] as const));
  const filter = parseFilter(condition, context.query);
  const plan = choosePlan(collection, { filter, sort: undefined, limit: 1, hint: undefined, collation: undefined });
  const stored = [...runPlan(plan, collection, { keys: 0, documents: 0 })].find((found) => found !== undefined);
  if (stored === undefined) {
    if (merging.whenNotMatched === 'fail')
      throw new MongoError(13113, '$merge could not find a matching document in the target collection');
    if (merging.whenNotMatched === 'insert') collection.insert(document);
    return;
  }
  const next = mergedDocument(stored.document, document, merging, context);
  if (next !== stored.document) collection.replace(stored, prepareDocument(next));
}

function mergedDocument(before: Document, result: Document, { whenMatched }: Merging, context: StageContext): Document {
  if (typeof whenMatched !== 'string') {
    const variables = new Map([...context.query.variables, ['new', result] as const]);
    const update = parseUpdate([...whenMatched], undefined, { ...context.query, variables });
    return update.apply(before, { isInsert: false, position: undefined });
  }
  if (whenMatched === 'keepExisting') return before;
  if (whenMatched === 'fail') throw new MongoError(11000, '$merge with whenMatched: fail found an existing document');
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
