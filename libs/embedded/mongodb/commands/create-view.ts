import { parsePipeline } from '../aggregation/index.js';
import { parseCollation } from '../collation/index.js';
import type { Database } from '../storage/database.js';
import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Arguments } from './arguments.js';
import type { Request, Server } from './command.js';
import { checkCollectionName } from './namespace.js';
import { pipelineSources } from './pipeline-sources.js';
import { queryContext } from './query-options.js';
import { originOf } from './views.js';

/** Options that make sense beside `viewOn`. */
const VIEW_OPTIONS: ReadonlySet<string> = new Set(['viewOn', 'pipeline', 'collation']);

const MAX_DEPTH = 20;

/** What a view is to show; `options` are as listCollections shows them. */
export interface ViewDeclaration {
  readonly viewOn: string;
  readonly options: Document;
}

/**
 * The view that `create` or `collMod` declares. Throws 72 for other options beside them, 73 for a bad name, 167
 * for a pipeline that writes, and what the pipeline throws.
 */
export function readView(
  args: Arguments,
  { request, server }: { readonly request: Request; readonly server: Server },
  options: readonly string[],
): ViewDeclaration {
  const viewOn = args.required('viewOn', args.string('viewOn'));
  const other = options.find((option) => !VIEW_OPTIONS.has(option) && args.raw(option) !== undefined);
  if (other !== undefined) throw new MongoError(72, `'${other}' cannot be specified together with 'viewOn'`);
  checkCollectionName(request.database, viewOn);
  const pipeline = args.array('pipeline') ?? [];
  checkPipeline(pipeline, args, request, server);
  const shown = new Document([
    ['viewOn', viewOn],
    ['pipeline', [...pipeline]],
  ]);
  const collation = args.document('collation');
  const parsed = collation && parseCollation(collation);
  if (parsed !== undefined) shown.set('collation', parsed.specification);
  return { viewOn, options: shown };
}

function checkPipeline(stages: readonly Value[], args: Arguments, request: Request, server: Server): void {
  const sources = pipelineSources(request, server, undefined, undefined);
  const { output } = parsePipeline(stages, { query: queryContext(args, undefined), sources, allowDiskUse: false });
  if (output !== undefined)
    throw new MongoError(167, `The aggregation stage ${output.stage} cannot be used in a view definition`);
}

/** Declares the view inside a change. Throws 5 when it would read itself, 165 when more than 20 views would stand on each other. */
export function putView(database: Database, name: string, view: ViewDeclaration): void {
  const { views, collection } = originOf(database, view.viewOn);
  if (collection === name || views.includes(name))
    throw new MongoError(5, `View cycle detected: ${database.name}.${name} would read itself`);
  if (views.length >= MAX_DEPTH) throw new MongoError(165, `View depth limit exceeded at '${name}'`);
  database.putView(name, view.options);
}
