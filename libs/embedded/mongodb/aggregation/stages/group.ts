import { accumulators } from '../../accumulators/index.js';
import type { Accumulator } from '../../accumulators/index.js';
import { compileExpression } from '../../expressions/index.js';
import type { QueryContext } from '../../expressions/index.js';
import { compare, Document, keyString, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import { memoryMeter } from '../memory.js';
import type { CompileStage, Flow } from '../stage.js';

/** An output field and what makes the accumulator behind it. */
export interface GroupField {
  readonly name: string;
  readonly make: () => Accumulator;
}

/** Accumulators of MongoDB that this server knows and refuses. */
const refused = new Set(['$accumulator']);

interface Group {
  readonly id: Value;
  readonly accumulators: readonly Accumulator[];
}

/**
 * `$group`. Throws 15947 for no object, 15955 without `_id`, 40234 for a field that is no accumulator, 15952 for an
 * unknown one, 40238 for several, 40235 for a dotted name, 40236 for one with a `$`.
 */
export const group: CompileStage = (specification, { query, allowDiskUse }) => {
  if (!(specification instanceof Document))
    throw new MongoError(15947, "a group's fields must be specified in an object");
  const id = specification.get('_id');
  if (id === undefined) throw new MongoError(15955, 'a group specification must include an _id');
  const computeId = compileExpression(id, query);
  const fields = [...specification]
    .filter(([name]) => name !== '_id')
    .map(([name, value]) => groupField(name, value, query));
  return (input) => run(input, computeId, fields, query, allowDiskUse);
};

export function groupField(name: string, value: Value, context: QueryContext): GroupField {
  if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw new MongoError(40236, `The field name '${name}' cannot be an operator name`);
  if (!(value instanceof Document))
    throw new MongoError(40234, `The field '${name}' must be an accumulator object, not ${typeName(value)}`);
  const [only, other] = value;
  if (only?.[0].startsWith('$') !== true)
    throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
  if (other !== undefined) throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
  const [operator, operand] = only;
  const compile = accumulators.get(operator);
  if (refused.has(operator)) throw new MongoError(168, `${operator} is not supported by the embedded server`);
  if (compile === undefined) throw new MongoError(15952, `unknown group operator '${operator}'`);
  return { name, make: compile(operand, context) };
}

function* run(
  input: Flow,
  computeId: (document: Document) => Value | undefined,
  fields: readonly GroupField[],
  context: QueryContext,
  allowDiskUse: boolean,
): Flow {
  const groups = context.collation === undefined ? new HashedGroups(fields) : new ComparedGroups(fields, context);
  const hold = memoryMeter('$group', allowDiskUse);
  let seen = 0;
  for (const document of input) {
    seen += 1;
    if (document === undefined) yield undefined;
    else {
      if ((seen & 63) === 0) yield undefined;
      const found = groups.at(computeId(document) ?? null, hold);
      for (const accumulator of found.accumulators) accumulator.add(document);
    }
  }
  for (const found of groups.all()) {
    const result = new Document([['_id', found.id]]);
    for (const [index, { name }] of fields.entries()) result.set(name, found.accumulators[index]?.result() ?? null);
    yield result;
  }
}

const newGroup = (id: Value, fields: readonly GroupField[], hold: (document: Document) => void): Group => {
  hold(new Document([['_id', id]]));
  return { id, accumulators: fields.map(({ make }) => make()) };
};

/** Groups by the bytes of their keys, which are the same for equal values. */
class HashedGroups {
  private readonly fields: readonly GroupField[];
  private readonly groups = new Map<string, Group>();

  constructor(fields: readonly GroupField[]) {
    this.fields = fields;
  }

  at(id: Value, hold: (document: Document) => void): Group {
    // Most groups are by a string: no need to build its key's bytes.
    const key = typeof id === 'string' ? `s${id}` : `v${keyString([id]).toString('latin1')}`;
    const known = this.groups.get(key);
    if (known !== undefined) return known;
    const made = newGroup(id, this.fields, hold);
    this.groups.set(key, made);
    return made;
  }

  all(): Iterable<Group> {
    return this.groups.values();
  }
}

/** Groups in the order of a collation, which alone can tell which strings are equal. */
class ComparedGroups {
  private readonly fields: readonly GroupField[];
  private readonly context: QueryContext;
  private readonly groups: Group[] = [];

  constructor(fields: readonly GroupField[], context: QueryContext) {
    this.fields = fields;
    this.context = context;
  }

  at(id: Value, hold: (document: Document) => void): Group {
    let low = 0;
    let high = this.groups.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const candidate = this.groups[middle];
      const difference = compare(id, candidate?.id, this.context.collation?.compare);
      if (difference === 0 && candidate !== undefined) return candidate;
      if (difference < 0) high = middle;
      else low = middle + 1;
    }
    const made = newGroup(id, this.fields, hold);
    this.groups.splice(low, 0, made);
    return made;
  }

  all(): Iterable<Group> {
    return this.groups;
  }
}
