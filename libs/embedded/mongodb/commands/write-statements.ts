import { DuplicateKey } from '../storage/duplicate-key.js';
import { ValidationFailure } from '../storage/validation.js';
import { Document, int32, MongoError, typeName } from '../values/index.js';
import type { Arguments } from './arguments.js';
import type { Request } from './command.js';
import type { WriteRun } from './write-run.js';

/** Statements in one command; more, or none, are refused with 16. */
const MAX_STATEMENTS = 100_000;

/** The statements of a write command, from the body or from a section of their own. Throws 40414 without any, 14 for a wrong type. */
export function statementsOf(request: Request, args: Arguments, field: string): readonly Document[] {
  const statements = request.sequences.get(field) ?? args.required(field, args.array(field));
  if (statements.length === 0 || statements.length > MAX_STATEMENTS) {
    throw new MongoError(
      16,
      `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${statements.length} operations.`,
    );
  }
  return statements.map((value, index) => {
    if (value instanceof Document) return value;
    throw new MongoError(
      14,
      `BSON field '${request.name}.${field}.${index}' is the wrong type '${typeName(value)}', expected type 'object'`,
    );
  });
}

/**
 * Runs the statements of a write command, each atomic by itself. Ordered, the first error ends the command, unordered the
 * others go on. Answers the errors once everything is safe.
 */
export async function runStatements(
  run: WriteRun,
  statements: readonly Document[],
  ordered: boolean,
  one: (statement: Document, index: number) => undefined | Promise<void>,
): Promise<Document[]> {
  const errors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      const pending = one(statement, index);
      if (pending !== undefined) await pending;
    } catch (error) {
      if (!(error instanceof MongoError) || ENDS_COMMAND.has(error.code)) throw error;
      errors.push(writeError(index, error));
      if (ordered) break;
    }
    if (run.pacer.due) await run.pacer.rest();
  }
  await run.settled();
  return errors;
}

/** The time limit, a client that has gone, and a full disk; everything else ends the statement only. */
const ENDS_COMMAND: ReadonlySet<number> = new Set([50, 11601, 14031]);

function writeError(index: number, error: MongoError): Document {
  const entry = new Document([
    ['index', int32(index)],
    ['code', int32(error.code)],
  ]);
  if (error instanceof DuplicateKey) entry.set('keyPattern', error.keyPattern).set('keyValue', error.keyValue);
  if (error instanceof ValidationFailure) entry.set('errInfo', error.errInfo);
  return entry.set('errmsg', error.message);
}
