import { parseFilter } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import { Document, int32, isNumeric, MongoError, toDouble } from '../values/index.js';
import { Arguments } from './arguments.js';
import { collectionNamed } from './collections.js';
import type { Request, Server } from './command.js';
import { changeMatching } from './change-matching.js';
import { collectionName } from './namespace.js';
import { queryContext, readHint } from './query-options.js';
import { WriteRun } from './write-run.js';
import { runStatements, statementsOf } from './write-statements.js';

export async function remove(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['deletes', 'ordered', 'let', 'bypassDocumentValidation']);
  const name = collectionName(request);
  const statements = statementsOf(request, args, 'deletes');
  const ordered = args.boolean('ordered') ?? true;
  const run = new WriteRun(request, server.storage.open(request.database));
  let deleted = 0;
  const errors = await runStatements(run, statements, ordered, (statement) => {
    const { q, limit, fields } = readStatement(statement, args);
    const collection = collectionNamed(run.database, name);
    const context = queryContext(fields, collection);
    const filter = parseFilter(q, context);
    const hint = readHint(fields.raw('hint'), collection);
    if (collection === undefined) return undefined;
    const plan = choosePlan(collection, {
      filter,
      sort: undefined,
      limit: limit || undefined,
      hint,
      collation: context.collation,
    });
    return changeMatching(run, collection, plan, limit === 1, (stored) => {
      collection.remove(stored);
      deleted++;
    });
  });
  const reply = new Document([['n', int32(deleted)]]);
  return errors.length > 0 ? reply.set('writeErrors', errors) : reply;
}

function readStatement(statement: Document, command: Arguments): { q: Document; limit: number; fields: Arguments } {
  const fields = Arguments.ofDocument(statement, 'delete.deletes', ['q', 'limit', 'collation', 'hint']).withLet(
    command,
  );
  const q = fields.required('q', fields.document('q'));
  const limit = fields.required('limit', fields.raw('limit'));
  const number = isNumeric(limit) ? toDouble(limit) : NaN;
  if (number !== 0 && number !== 1)
    throw new MongoError(9, `The limit field in delete objects must be 0 or 1. Got ${number}`);
  return { q, limit: number, fields };
}
