import type { BSON } from 'mongodb';

import { context } from '../expressions/expressions.fixtures.js';
import type { QueryContext } from '../expressions/index.js';
import { matches } from '../matching/index.js';
import { sortDocuments } from '../sorting/index.js';
import type { Document } from '../values/index.js';
import { doc, loose } from '../values/values.fixtures.js';
import { parsePipeline, runPipeline } from './index.js';
import type { Flow, Sources } from './index.js';

/** Collections in memory, as a pipeline's sources. */
const sourcesOf = (collections: Record<string, BSON.Document[]>): Sources => ({
  find: (name, { filter, sort, limit, context: query }) => {
    const found = (collections[name] ?? []).map(doc).filter((document) => matches(filter, document));
    return (sort === undefined ? found : sortDocuments(found, sort, query.collation?.compare)).slice(0, limit);
  },
  describe: () => [],
});

/** What a pipeline makes of the documents of a collection `c`, beside others. */
export function aggregateBson(
  pipeline: BSON.Document[],
  documents: BSON.Document[],
  others: Record<string, BSON.Document[]> = {},
  query: QueryContext = context,
): Document[] {
  const sources = sourcesOf({ ...others, c: documents });
  const compiled = parsePipeline(pipeline.map(doc), { query, sources, allowDiskUse: false });
  return withoutPauses(runPipeline(compiled, 'c', sources));
}

export const aggregate = (...parameters: Parameters<typeof aggregateBson>): BSON.Document[] =>
  aggregateBson(...parameters).map(loose);

const withoutPauses = (flow: Flow): Document[] => Array.from(flow).filter((document) => document !== undefined);
