import { Pacer } from '../cursors/batch.js';
import { parseFilter } from '../matching/index.js';
import { someValue, splitPath } from '../paths/index.js';
import { compare, Document, encodeDocument, keyString, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { Arguments } from './arguments.js';
import { readTarget } from './collections.js';
import type { Request, Server } from './command.js';
import { collectionName } from './namespace.js';
import { pipelineSources } from './pipeline-sources.js';
import { MAX_DOCUMENT_BYTES } from './prepare-document.js';
import { queryContext, readHint } from './query-options.js';

export async function distinct(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['key', 'query', 'collation', 'hint']);
  const { collection, view } = readTarget(request, server);
  const path = args.required('key', args.string('key'));
  const context = queryContext(args, collection ?? view);
  const filter = parseFilter(args.document('query') ?? new Document(), context);
  const hint = readHint(args.raw('hint'), collection);
  const strings = context.collation?.compare;
  const values = new Map<string, Value>();
  if (collection !== undefined || view !== undefined) {
    const { find } = pipelineSources(request, server, collection, hint);
    const pacer = new Pacer(request.deadline, request.client.closed);
    const selection = { filter, sort: undefined, limit: undefined, context };
    for (const document of find(collectionName(request), selection)) {
      if (document !== undefined) collect(document, path, values);
      if (pacer.due) await pacer.rest();
    }
  }
  const sorted = [...values.values()].sort((a, b) => compare(a, b, strings));
  const reply = new Document([['values', strings === undefined ? sorted : withoutTies(sorted, strings)]]);
  if (encodeDocument(reply).length > MAX_DOCUMENT_BYTES) throw new MongoError(17217, 'distinct too big, 16mb cap');
  return reply;
}

/** The values at a path; those of an array one by one. */
function collect(document: Document, path: string, values: Map<string, Value>): void {
  someValue(document, splitPath(path), 'array only', (found) => {
    for (const value of Array.isArray(found) ? found : [found]) {
      const key = keyString([value]).toString('latin1');
      if (value !== undefined && !values.has(key)) values.set(key, value);
    }
    return false;
  });
}

const withoutTies = (sorted: readonly Value[], strings: (a: string, b: string) => number): Value[] =>
  sorted.filter((value, at) => at === 0 || compare(value, sorted[at - 1] ?? value, strings) !== 0);
