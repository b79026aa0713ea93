import type { Selection, Sources } from '../aggregation/index.js';
import { choosePlan } from '../planner/choose.js';
import type { Hint, PlanRequest } from '../planner/choose.js';
import { findResults } from '../planner/find-results.js';
import type { Shaping } from '../planner/find-results.js';
import { nothingExamined } from '../planner/examined.js';
import type { Collection } from '../storage/collection.js';
import { DateTime, Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Request, Server } from './command.js';
import { Arguments, countValue } from './arguments.js';
import { collectionStatistics } from './statistics.js';
import { findInView, originOf } from './views.js';

/** Where the stages of a pipeline find documents: in the collections of the request's database, by their indexes. */
export function pipelineSources(
  request: Request,
  server: Server,
  collection: Collection | undefined,
  hint: Hint | undefined,
): Sources {
  const sources: Sources = {
    find: (name, selection) => {
      const database = server.storage.find(request.database);
      if (database?.views.has(name) === true) {
        const environment = { query: selection.context, allowDiskUse: request.body.get('allowDiskUse') === true };
        return findInView(originOf(database, name), selection, sources, environment);
      }
      const found = database?.collections.get(name);
      if (found === undefined) return [];
      const { planning, shaping } = selectionQuery(selection, found === collection ? hint : undefined);
      return findResults(found, choosePlan(found, planning), shaping, nothingExamined());
    },
    describe: (stage, specification) => describe(stage, specification, collection, server),
  };
  return sources;
}

/** What the planner is asked for by the leading stages of a pipeline. */
export function selectionQuery(
  { filter, sort, limit, context }: Selection,
  hint: Hint | undefined,
): { planning: PlanRequest; shaping: Shaping } {
  const strings = context.collation?.compare;
  return {
    planning: { filter, sort, limit, hint, collation: context.collation },
    shaping: { sort, strings, skip: 0, limit: limit ?? Infinity, projection: undefined, allowDiskUse: true },
  };
}

function describe(
  stage: string,
  specification: Value,
  collection: Collection | undefined,
  server: Server,
): readonly Document[] {
  if (stage === '$listLocalSessions') return server.sessions.documents();
  if (!(specification instanceof Document))
    throw new MongoError(5447000, `the ${stage} specification must be an object`);
  if (collection === undefined) throw new MongoError(26, 'the collection does not exist');
  return stage === '$collStats' ? [statistics(specification, collection, server)] : indexUse(collection, server);
}

function statistics(wanted: Document, collection: Collection, server: Server): Document {
  const described = new Document([
    ['ns', collection.namespace],
    ['host', `${server.host}:${server.port}`],
    ['localTime', new DateTime(BigInt(Date.now()))],
  ]);
  if (wanted.has('storageStats')) {
    described.set('storageStats', collectionStatistics(collection, scaleOf(wanted.get('storageStats'))));
  }
  if (wanted.has('count')) described.set('count', countValue(collection.count()));
  return described;
}

const scaleOf = (options: Value | undefined): number =>
  options instanceof Document
    ? (Arguments.ofDocument(options, '$collStats.storageStats', ['scale']).number('scale') ?? 1)
    : 1;

const indexUse = (collection: Collection, server: Server): Document[] =>
  [collection.idIndex, ...collection.indexes].map(
    ({ spec }) =>
      new Document([
        ['name', spec.name],
        ['key', spec.keyPattern],
        ['host', `${server.host}:${server.port}`],
        [
          'accesses',
          new Document([
            ['ops', 0n],
            ['since', new DateTime(BigInt(server.startedAt.getTime()))],
          ]),
        ],
        ['spec', spec.document],
      ]),
  );
