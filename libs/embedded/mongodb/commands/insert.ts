import { Document, int32 } from '../values/index.js';
import { Arguments } from './arguments.js';
import { collectionToWrite } from './collections.js';
import type { Request, Server } from './command.js';
import { collectionName } from './namespace.js';
import { prepareDocument } from './prepare-document.js';
import { WriteRun } from './write-run.js';
import { runStatements, statementsOf } from './write-statements.js';

export async function insert(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['documents', 'ordered', 'bypassDocumentValidation']);
  const name = collectionName(request);
  const documents = statementsOf(request, args, 'documents');
  const ordered = args.boolean('ordered') ?? true;
  const unchecked = args.boolean('bypassDocumentValidation') ?? false;
  const run = new WriteRun(request, server.storage.open(request.database));
  let inserted = 0;
  const errors = await runStatements(run, documents, ordered, (document) => {
    const prepared = prepareDocument(document);
    run.change(() => {
      const collection = collectionToWrite(run.database, name);
      if (!unchecked) collection.validate(prepared, undefined);
      collection.insert(prepared);
      collection.trim();
    });
    inserted++;
    return undefined;
  });
  const reply = new Document([['n', int32(inserted)]]);
  return errors.length > 0 ? reply.set('writeErrors', errors) : reply;
}
