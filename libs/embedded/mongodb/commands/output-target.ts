import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import type { Request } from './command.js';
import { checkCollectionName, checkDatabaseName } from './namespace.js';

/** The collection that `$out` or `$merge` names. Throws 16990 when it names none, 73 for a bad name. */
export function outputTarget(
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

/** Whether documents are stored as they come, whatever the collection's validator says. */
export const bypassesValidation = ({ body, name }: Request): boolean =>
  new Arguments(body, name).boolean('bypassDocumentValidation') ?? false;
