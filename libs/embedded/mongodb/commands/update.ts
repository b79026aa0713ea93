import { choosePlan } from '../planner/choose.js';
import { Document, int32 } from '../values/index.js';
import type { Value } from '../values/index.js';
import { applyUpdate, insertUpserted, lostRace, readUpdate } from './apply-update.js';
import type { UpdateStatement } from './apply-update.js';
import { Arguments } from './arguments.js';
import { changeMatching } from './change-matching.js';
import { collectionNamed } from './collections.js';
import type { Request, Server } from './command.js';
import { collectionName } from './namespace.js';
import { WriteRun } from './write-run.js';
import { runStatements, statementsOf } from './write-statements.js';

/** What the statements of one command have done. */
interface Outcome {
  matched: number;
  modified: number;
  readonly upserted: Document[];
}

export async function update(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['updates', 'ordered', 'bypassDocumentValidation', 'let']);
  const name = collectionName(request);
  const statements = statementsOf(request, args, 'updates');
  const ordered = args.boolean('ordered') ?? true;
  const unchecked = args.boolean('bypassDocumentValidation') ?? false;
  const run = new WriteRun(request, server.storage.open(request.database));
  const outcome: Outcome = { matched: 0, modified: 0, upserted: [] };
  const errors = await runStatements(run, statements, ordered, (statement, index) => {
    const understood = readUpdate(statement, args, collectionNamed(run.database, name), unchecked);
    return runStatement(run, name, understood, index, outcome);
  });
  const reply = new Document([['n', int32(outcome.matched + outcome.upserted.length)]]);
  if (outcome.upserted.length > 0) reply.set('upserted', outcome.upserted);
  reply.set('nModified', int32(outcome.modified));
  return errors.length > 0 ? reply.set('writeErrors', errors) : reply;
}

function runStatement(
  run: WriteRun,
  name: string,
  statement: UpdateStatement,
  index: number,
  outcome: Outcome,
): undefined | Promise<void> {
  const before = outcome.matched;
  const upsert = (): undefined | Promise<void> => {
    if (!statement.upsert || outcome.matched > before) return undefined;
    try {
      const id: Value = insertUpserted(run, name, statement).get('_id') ?? null;
      outcome.upserted.push(
        new Document([
          ['index', int32(index)],
          ['_id', id],
        ]),
      );
      return undefined;
    } catch (error) {
      if (lostRace(error, statement.filter)) return runStatement(run, name, statement, index, outcome);
      throw error;
    }
  };
  const pending = changeFound(run, name, statement, outcome);
  return pending === undefined ? upsert() : pending.then(upsert);
}

function changeFound(
  run: WriteRun,
  name: string,
  statement: UpdateStatement,
  outcome: Outcome,
): undefined | Promise<void> {
  const collection = collectionNamed(run.database, name);
  if (collection === undefined) return undefined;
  const { filter, hint, context, multi } = statement;
  const plan = choosePlan(collection, {
    filter,
    sort: undefined,
    limit: multi ? undefined : 1,
    hint,
    collation: context.collation,
  });
  return changeMatching(run, collection, plan, !multi, (stored) => {
    if (applyUpdate(collection, stored, statement) !== stored.document) outcome.modified++;
    outcome.matched++;
  });
}
