import type { Flow, Output, StageContext } from '../aggregation/index.js';
import { Document } from '../values/index.js';
import type { Value } from '../values/index.js';
import { collectionNamed } from './collections.js';
import type { Request, Server } from './command.js';
import { merge } from './merge.js';
import { bypassesValidation, outputTarget } from './output-target.js';
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

/** `$out`: the results replace the collection at once, when all are there; its indexes and options stay. */
async function writeOut(request: Request, server: Server, results: Flow, specification: Value): Promise<void> {
  const { database, name } = outputTarget(request, specification, '$out');
  const run = new WriteRun(request, server.storage.open(database));
  const existing = collectionNamed(run.database, name);
  const unchecked = bypassesValidation(request);
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
      if (document !== undefined)
        run.change(() => {
          const prepared = prepareDocument(document);
          if (!unchecked) temporary.validate(prepared, undefined);
          temporary.insert(prepared);
        });
      if (run.pacer.due) await run.pacer.rest();
    }
    run.change(() => {
      const replaced = collectionNamed(run.database, name);
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
