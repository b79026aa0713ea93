import { Pacer } from '../cursors/batch.js';
import { parseFilter } from '../matching/index.js';
import { choosePlan } from '../planner/choose.js';
import { countResults } from '../planner/count-results.js';
import { countStages, queryStages } from '../planner/explain-plan.js';
import type { Executed } from '../planner/explain-plan.js';
import { findResults } from '../planner/find-results.js';
import type { Plan } from '../planner/plan.js';
import { nothingExamined } from '../planner/examined.js';
import type { Collection } from '../storage/collection.js';
import { Document, int32, MongoError } from '../values/index.js';
import { readAggregate } from './read-aggregate.js';
import { Arguments, countValue } from './arguments.js';
import { readUpdate } from './apply-update.js';
import { readTarget, target } from './collections.js';
import type { ReadTarget } from './collections.js';
import type { Request, Server } from './command.js';
import { readFind, selectionOf } from './find.js';
import type { FindQuery } from './find.js';
import { collectionName } from './namespace.js';
import { pipelineSources, selectionQuery } from './pipeline-sources.js';
import { queryContext, readHint } from './query-options.js';
import { lower, originOf } from './views.js';

const WRITES: ReadonlySet<string> = new Set(['update', 'delete', 'findAndModify']);
const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** What the explained command would do, and how often it runs its plan. */
interface Explained extends FindQuery {
  readonly counting: boolean;
}

/** Explains find, count, distinct, aggregate, update, delete and findAndModify; the writes are planned, never done. */
export async function explain(request: Request, server: Server): Promise<Document> {
  const args = Arguments.of(request, ['verbosity']);
  const inner = args.required('explain', args.document('explain'));
  const verbosity = args.string('verbosity') ?? 'allPlansExecution';
  if (!VERBOSITIES.includes(verbosity))
    throw new MongoError(2, `verbosity '${verbosity}' is not one of ${VERBOSITIES.join(', ')}`);
  const [name] = inner.keys();
  const explained: Request = { ...request, name: name ?? '', body: inner };
  const source = readTarget(explained, server);
  const { namespace } = source;
  const { collection, query } = onCollection(understand(explained, server, source), source, explained, server);
  const plan = collection && choosePlan(collection, query.planning);
  const stages = plan && (query.counting ? countStages(plan) : queryStages(plan, query.shaping));
  const winning = stages?.document() ?? new Document([['stage', 'EOF']]);
  const reply = new Document([
    ['explainVersion', '1'],
    ['queryPlanner', queryPlanner(namespace, inner, winning)],
  ]);
  if (verbosity !== 'queryPlanner') {
    const executed = await execute(request, collection, plan, query);
    reply.set('executionStats', executionStats(executed, stages?.document(executed) ?? winning));
  }
  return reply.set('command', inner.clone().set('$db', request.database)).set('serverInfo', serverInfo(server));
}

/** What a reading of a view asks of the collection below; what is asked of a collection as it is. */
function onCollection(
  query: Explained,
  { database, collection, view }: ReadTarget,
  request: Request,
  server: Server,
): { readonly collection: Collection | undefined; readonly query: Explained } {
  if (view === undefined) return { collection, query };
  const origin = originOf(database, collectionName(request));
  const sources = pipelineSources(request, server, undefined, undefined);
  const environment = { query: query.context, sources, allowDiskUse: query.shaping.allowDiskUse };
  const { selection } = lower(origin, selectionOf(query), environment);
  const below = { ...selectionQuery(selection, undefined), context: query.context, counting: false };
  return { collection: database?.collections.get(origin.collection), query: below };
}

/** Throws 59 for a command that cannot be explained, 166 for a write to a view. */
function understand(request: Request, server: Server, source: ReadTarget): Explained {
  const args = new Arguments(request.body, request.name);
  const { collection } = source;
  if (WRITES.has(request.name)) target(request, server);
  switch (request.name) {
    case 'find':
      return { ...readFind(args, source), counting: false };
    case 'aggregate':
      return { ...aggregateQuery(request, server, args, source), counting: false };
    case 'count':
      return { ...filtered(args, source, args.document('query')), counting: true };
    case 'distinct':
    case 'findAndModify':
      return { ...filtered(args, source, args.document('query')), counting: false };
    case 'update':
    case 'delete':
      return { ...firstStatement(args, collection, request.name), counting: false };
    default:
      throw new MongoError(59, `Explain failed due to unknown command: ${request.name}`);
  }
}

function aggregateQuery(request: Request, server: Server, args: Arguments, source: ReadTarget): FindQuery {
  const { pipeline, context } = readAggregate(request, server, args, source);
  return {
    ...selectionQuery(pipeline.selection, readHint(args.raw('hint'), source.collection)),
    context: context.query,
  };
}

function filtered(
  args: Arguments,
  { collection, view }: Pick<ReadTarget, 'collection' | 'view'>,
  filter: Document | undefined,
): FindQuery {
  const context = queryContext(args, collection ?? view);
  return {
    context,
    planning: {
      filter: parseFilter(filter ?? new Document(), context),
      sort: undefined,
      limit: undefined,
      hint: readHint(args.raw('hint'), collection),
      collation: context.collation,
    },
    shaping: {
      sort: undefined,
      strings: undefined,
      skip: 0,
      limit: Infinity,
      projection: undefined,
      allowDiskUse: true,
    },
  };
}

function firstStatement(args: Arguments, collection: Collection | undefined, name: 'update' | 'delete'): FindQuery {
  const [statement] = args.required(`${name}s`, args.array(`${name}s`));
  if (!(statement instanceof Document)) throw new MongoError(14, `BSON field '${name}.${name}s.0' must be an object`);
  const fields = new Arguments(statement, name);
  if (name === 'update') readUpdate(statement, args, collection, false);
  return filtered(fields, { collection, view: undefined }, fields.document('q'));
}

async function execute(
  request: Request,
  collection: Collection | undefined,
  plan: Plan | undefined,
  { counting, shaping }: Explained,
): Promise<Executed> {
  const examined = nothingExamined();
  const started = performance.now();
  let returned = 0;
  if (collection !== undefined && plan !== undefined) {
    const pacer = new Pacer(request.deadline, request.client.closed);
    if (counting) returned = await countResults(collection, plan, Infinity, pacer, examined);
    else {
      for (const document of findResults(collection, plan, shaping, examined)) {
        if (document !== undefined) returned++;
        if (pacer.due) await pacer.rest();
      }
    }
  }
  return { ...examined, returned, milliseconds: Math.round(performance.now() - started) };
}

const queryPlanner = (namespace: string, command: Document, winning: Document): Document =>
  new Document([
    ['namespace', namespace],
    ['parsedQuery', command.get('filter') ?? command.get('query') ?? new Document()],
    ['indexFilterSet', false],
    ['maxIndexedOrSolutionsReached', false],
    ['maxIndexedAndSolutionsReached', false],
    ['maxScansToExplodeReached', false],
    ['winningPlan', winning],
    ['rejectedPlans', []],
  ]);

const executionStats = (executed: Executed, stages: Document): Document =>
  new Document([
    ['executionSuccess', true],
    ['nReturned', countValue(executed.returned)],
    ['executionTimeMillis', int32(executed.milliseconds)],
    ['totalKeysExamined', countValue(executed.keys)],
    ['totalDocsExamined', countValue(executed.documents)],
    ['executionStages', stages],
  ]);

const serverInfo = (server: Server): Document =>
  new Document([
    ['host', server.host],
    ['port', int32(server.port)],
    ['version', '7.0.14'],
    ['gitVersion', 'embedded'],
  ]);
