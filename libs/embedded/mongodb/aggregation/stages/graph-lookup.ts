import { compileExpression } from '../../expressions/index.js';
import { parseFilter } from '../../matching/index.js';
import type { MatchExpression } from '../../matching/index.js';
import { parseFieldPath } from '../../paths/index.js';
import { Document, exactInteger, isNullish, isNumeric, keyString, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, Flow, StageContext } from '../stage.js';
import { withValue } from './unwind.js';

const required = ['from', 'as', 'startWith', 'connectFromField', 'connectToField'];
const optional = ['maxDepth', 'depthField', 'restrictSearchWithMatch'];

interface Graph {
  readonly from: string;
  readonly as: readonly string[];
  readonly startWith: (document: Document) => Value | undefined;
  readonly connectFrom: (document: Document) => Value | undefined;
  readonly connectTo: string;
  readonly maxDepth: number;
  readonly depthField: readonly string[] | undefined;
  readonly restriction: MatchExpression;
}

/**
 * `$graphLookup`: what can be reached from a document, step by step. Throws 9 for missing arguments, 40103, 40104 for wrong
 * types, 40100 to 40102 for a bad depth, 40185 for a bad restriction, 40327 for no object.
 */
export const graphLookup: CompileStage = (specification, context) => {
  const graph = parse(specification, context);
  return function* (input: Flow) {
    for (const document of input) {
      if (document === undefined) {
        yield undefined;
        continue;
      }
      const found = new Map<string, Document>();
      yield* search(document, graph, context, found);
      yield withValue(document, graph.as, [...found.values()]);
    }
  };
};

function parse(specification: Value, context: StageContext): Graph {
  if (!(specification instanceof Document))
    throw new MongoError(40327, 'the $graphLookup stage specification must be an object');
  for (const name of specification.keys())
    if (!required.includes(name) && !optional.includes(name))
      throw new MongoError(40104, `Unknown argument to $graphLookup: ${name}`);
  for (const name of required)
    if (!specification.has(name)) throw new MongoError(40105, `$graphLookup requires '${name}' to be specified.`);
  const text = (name: string): string => {
    const value = specification.get(name);
    if (typeof value !== 'string')
      throw new MongoError(40103, `expected string as argument for ${name}, found: ${typeName(value)}`);
    return value;
  };
  const restriction = specification.get('restrictSearchWithMatch') ?? new Document();
  if (!(restriction instanceof Document)) throw new MongoError(40185, 'restrictSearchWithMatch must be an object');
  return {
    from: text('from'),
    as: parseFieldPath(text('as')),
    startWith: compileExpression(specification.get('startWith') ?? null, context.query),
    connectFrom: compileExpression(`$${parseFieldPath(text('connectFromField')).join('.')}`, context.query),
    connectTo: parseFieldPath(text('connectToField')).join('.'),
    maxDepth: depthOf(specification.get('maxDepth')),
    depthField: specification.has('depthField') ? parseFieldPath(text('depthField')) : undefined,
    restriction: parseFilter(restriction, context.query),
  };
}

function depthOf(value: Value | undefined): number {
  if (value === undefined) return Infinity;
  if (!isNumeric(value)) throw new MongoError(40100, `maxDepth must be numeric, found type: ${typeName(value)}`);
  const depth = exactInteger(value);
  if (depth === undefined) throw new MongoError(40102, 'maxDepth could not be represented as a long long');
  if (depth < 0n) throw new MongoError(40101, `maxDepth requires a nonnegative argument, found: ${depth}`);
  return Number(depth);
}

/** Breadth first; each document is reached once, by its shortest way. */
function* search(document: Document, graph: Graph, context: StageContext, found: Map<string, Document>): Flow {
  const seen = new Set<string>();
  let frontier = fresh(graph.startWith(document), seen);
  for (let depth = 0; depth <= graph.maxDepth && frontier.length > 0; depth += 1) {
    const filter = parseFilter(new Document([[graph.connectTo, new Document([['$in', frontier]])]]), context.query);
    const next: Value[] = [];
    const selection = {
      filter: { kind: 'and', children: [filter, graph.restriction] } as const,
      sort: undefined,
      limit: undefined,
      context: context.query,
    };
    for (const reached of context.sources.find(graph.from, selection)) {
      if (reached === undefined) {
        yield undefined;
        continue;
      }
      const key = keyString([reached.get('_id')]).toString('latin1');
      if (found.has(key)) continue;
      found.set(key, graph.depthField === undefined ? reached : withValue(reached, graph.depthField, BigInt(depth)));
      next.push(...fresh(graph.connectFrom(reached), seen));
    }
    frontier = next;
  }
}

/** The values not yet looked for; an array stands for its elements. */
function fresh(value: Value | undefined, seen: Set<string>): Value[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is Value => {
    if (isNullish(each)) return false;
    const key = keyString([each]).toString('latin1');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
