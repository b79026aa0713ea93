import { parseFilter } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import type { Collection } from '../storage/collection.js';
import { Document, int32 } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import { applyUpdate, readUpdate, upsertedDocument } from './apply-update.js';
import type { UpdateStatement } from './apply-update.js';
import { changeMatching } from './change-matching.js';
import { collectionToWrite } from './collections.js';
import type { Request, Server } from './command.js';
import { collectionName } from './namespace.js';
import { WriteRun } from './write-run.js';
import { runStatements, statementsOf } from './write-statements.js';

interface Outcome {
  matched: number;
  modified: number;
  upserted: Document[];
}

export async function update(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['updates', 'ordered', 'bypassDocumentValidation', 'let']);
  const name = collectionName(request);
  const statements = statementsOf(request, args, 'updates');
  const ordered = args.boolean('ordered') ?? true;
  const unchecked = args.boolean('bypassDocumentValidation') ?? false;
  const run = new WriteRun(request, server.storage.open(request.database));
  const outcome: Outcome = { matched: 0, modified: 0, upserted: [] };
  const errors = await runStatements(run, statements, ordered, (statement, index) =>
    updateOne(run, name, readUpdate(statement, args, run.database.collections.get(name), unchecked), index, outcome),
  );
  const reply = new Document([['n', int32(outcome.matched + outcome.upserted.length)]]);
  if (outcome.upserted.length > 0) reply.set('upserted', outcome.upserted);
  reply.set('nModified', int32(outcome.modified));
  return errors.length > 0 ? reply.set('writeErrors', errors) : reply;
}

function updateOne(
  run: WriteRun,
  name: string,
  statement: UpdateStatement,
  index: number,
  outcome: Outcome,
): undefined | Promise<void> {
  const collection = run.database.collections.get(name);
  const before = outcome.matched;
  const pending = collection && changeAll(run, collection, statement, outcome);
  const upsert = (): void => {
    if (!statement.upsert || outcome.matched > before) return;
    const id = insertNew(run, name, statement);
    outcome.upserted.push(
      new Document([
        ['index', int32(index)],
        ['_id', id],
      ]),
    );
  };
  if (pending === undefined) {
    upsert();
    return undefined;
  }
  return pending.then(upsert);
}

function changeAll(
  run: WriteRun,
  collection: Collection,
  statement: UpdateStatement,
  outcome: Outcome,
): undefined | Promise<void> {
  const { filter, hint, context, multi } = statement;
  const collated = context.collation !== undefined;
  const plan = choosePlan(collection, { filter, sort: undefined, limit: multi ? undefined : 1, hint, collated });
  return changeMatching(run, collection, plan, !multi, (stored) => {
    if (applyUpdate(collection, stored, statement) !== stored.document) outcome.modified++;
    outcome.matched++;
  });
}

/** Inserts what the statement makes of nothing; answers its `_id`. */
function insertNew(run: WriteRun, name: string, statement: UpdateStatement): Value {
  return run.change(() => {
    const collection = collectionToWrite(run.database, name);
    const document = upsertedDocument(statement);
    if (!statement.unchecked) collection.validate(document, undefined);
    collection.insert(document);
    return document.get('_id') ?? null;
  });
}
