import { compileRegex } from '../regex/index.js';
import { BsonType, compare, Document, equal, isNumeric, MongoError, typeOf, typesOfAlias } from '../values/index.js';
import type { Value } from '../values/index.js';
import { length, mismatch, strings } from './json-schema-operands.js';
import { multipleOf } from './multiple-of.js';

/** Whether a value meets a schema, or one keyword of it. */
type Rule = (value: Value) => boolean;

/** Makes the rule of one keyword; `schema` gives the keywords it has to be read with. */
type Keyword = (operand: Value, schema: Document) => Rule;

/** Understands `$jsonSchema` (draft 4 as MongoDB has it). Throws 14 for operands of wrong types, 9 for other mistakes. */
export function parseJsonSchema(schema: Value): (document: Document) => boolean {
  if (!(schema instanceof Document)) throw new MongoError(14, '$jsonSchema must be an object');
  return parseSchema(schema);
}

function parseSchema(schema: Document): Rule {
  const rules: Rule[] = [];
  for (const [name, operand] of schema) {
    const keyword = keywords.get(name);
    if (keyword === undefined) throw new MongoError(9, `Unknown or unsupported $jsonSchema keyword: ${name}`);
    rules.push(keyword(operand, schema));
  }
  return (value) => rules.every((rule) => rule(value));
}

function subschema(keyword: string, operand: Value | undefined): Rule {
  if (!(operand instanceof Document)) throw mismatch(keyword, 'an object');
  return parseSchema(operand);
}

function subschemas(keyword: string, operand: Value): readonly Rule[] {
  if (!Array.isArray(operand)) throw mismatch(keyword, 'an array of objects');
  if (operand.length === 0) throw new MongoError(9, `$jsonSchema keyword '${keyword}' must be a non-empty array`);
  return operand.map((each) => subschema(keyword, each));
}

function text(keyword: string): Keyword {
  return (operand) => {
    if (typeof operand !== 'string') throw mismatch(keyword, 'a string');
    return () => true;
  };
}

const jsonTypes = ['object', 'array', 'number', 'string', 'null'];

function typeRule(keyword: 'type' | 'bsonType', operand: Value, schema: Document): Rule {
  if (schema.has('type') && schema.has('bsonType'))
    throw new MongoError(9, "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
  const aliases = typeof operand === 'string' ? [operand] : strings(keyword, operand);
  const types = new Set(
    aliases.flatMap((alias) => {
      const known = keyword === 'bsonType' ? typesOfAlias(alias) : jsonType(alias);
      if (known !== undefined) return known;
      if (alias === 'integer') throw new MongoError(9, "$jsonSchema type 'integer' is not currently supported.");
      throw new MongoError(2, `Unknown type name alias: ${alias}`);
    }),
  );
  return (value) => types.has(typeOf(value));
}

function jsonType(alias: string): readonly BsonType[] | undefined {
  if (alias === 'boolean') return [BsonType.bool];
  return jsonTypes.includes(alias) ? typesOfAlias(alias) : undefined;
}

function bound(keyword: 'minimum' | 'maximum'): Keyword {
  const exclusiveName = keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  const sign = keyword === 'minimum' ? 1 : -1;
  return (operand, schema) => {
    if (!isNumeric(operand)) throw mismatch(keyword, 'a number');
    const exclusive = schema.get(exclusiveName) === true;
    return (value) => {
      if (!isNumeric(value)) return true;
      const difference = sign * compare(value, operand);
      return exclusive ? difference > 0 : difference >= 0;
    };
  };
}

function exclusiveBound(keyword: string, needed: string): Keyword {
  return (operand, schema) => {
    if (typeof operand !== 'boolean') throw mismatch(keyword, 'a boolean');
    if (!schema.has(needed))
      throw new MongoError(9, `$jsonSchema keyword '${needed}' must be present if '${keyword}' is`);
    return () => true;
  };
}

/** A count that must not be passed; `sign` 1 for a least, -1 for a most. */
function count(keyword: string, sign: 1 | -1, measure: (value: Value) => number | undefined): Keyword {
  return (operand) => {
    const limit = Number(length(keyword, operand));
    return (value) => {
      const measured = measure(value);
      return measured === undefined || sign * (measured - limit) >= 0;
    };
  };
}

const codePoints = (value: Value): number | undefined =>
  typeof value === 'string' ? Array.from(value).length : undefined;
const elements = (value: Value): number | undefined => (Array.isArray(value) ? value.length : undefined);
const fields = (value: Value): number | undefined => (value instanceof Document ? value.size : undefined);

function properties(operand: Value): Rule {
  if (!(operand instanceof Document)) throw mismatch('properties', 'an object');
  const rules = [...operand].map(([name, schema]) => [name, subschema('properties', schema)] as const);
  return (value) =>
    !(value instanceof Document) ||
    rules.every(([name, rule]) => {
      const property = value.get(name);
      return property === undefined || rule(property);
    });
}

function patterns(operand: Value | undefined): readonly (readonly [RegExp, Rule])[] {
  if (operand === undefined) return [];
  if (!(operand instanceof Document)) throw mismatch('patternProperties', 'an object');
  return [...operand].map(([name, schema]) => [compileRegex(name, ''), subschema('patternProperties', schema)]);
}

function patternProperties(operand: Value): Rule {
  const rules = patterns(operand);
  return (value) =>
    !(value instanceof Document) ||
    [...value].every(([name, property]) => rules.every(([pattern, rule]) => !pattern.test(name) || rule(property)));
}

/** A boolean or a schema for what is not named elsewhere. */
function leftovers(keyword: string, operand: Value): Rule {
  if (typeof operand === 'boolean') return () => operand;
  return subschema(keyword, operand);
}

function additionalProperties(operand: Value, schema: Document): Rule {
  const rule = leftovers('additionalProperties', operand);
  const named = schema.get('properties');
  const known = new Set(named instanceof Document ? named.keys() : []);
  const matched = patterns(schema.get('patternProperties'));
  return (value) =>
    !(value instanceof Document) ||
    [...value].every(
      ([name, property]) => known.has(name) || matched.some(([pattern]) => pattern.test(name)) || rule(property),
    );
}

function required(operand: Value): Rule {
  const names = strings('required', operand);
  return (value) => !(value instanceof Document) || names.every((name) => value.has(name));
}

function dependencies(operand: Value): Rule {
  if (!(operand instanceof Document)) throw mismatch('dependencies', 'an object');
  const rules = [...operand].map(([name, dependency]) => {
    const rule = dependency instanceof Document ? parseSchema(dependency) : required(dependency);
    return [name, rule] as const;
  });
  return (value) => !(value instanceof Document) || rules.every(([name, rule]) => !value.has(name) || rule(value));
}

function items(operand: Value): Rule {
  if (!Array.isArray(operand)) {
    const rule = subschema('items', operand);
    return (value) => !Array.isArray(value) || value.every(rule);
  }
  const rules = operand.map((each) => subschema('items', each));
  return (value) =>
    !Array.isArray(value) || rules.every((rule, index) => value[index] === undefined || rule(value[index]));
}

function additionalItems(operand: Value, schema: Document): Rule {
  const rule = leftovers('additionalItems', operand);
  const named = schema.get('items');
  if (!Array.isArray(named)) return () => true;
  return (value) => !Array.isArray(value) || value.slice(named.length).every(rule);
}

function uniqueItems(operand: Value): Rule {
  if (typeof operand !== 'boolean') throw mismatch('uniqueItems', 'a boolean');
  if (!operand) return () => true;
  return (value) => {
    if (!Array.isArray(value)) return true;
    const sorted = [...value].sort((a, b) => compare(a, b));
    return sorted.every((element, index) => index === 0 || !equal(element, sorted[index - 1]));
  };
}

function enumeration(operand: Value): Rule {
  if (!Array.isArray(operand)) throw mismatch('enum', 'an array');
  if (operand.length === 0) throw new MongoError(9, "$jsonSchema keyword 'enum' cannot be an empty array");
  return (value) => operand.some((each) => equal(each, value));
}

function pattern(operand: Value): Rule {
  if (typeof operand !== 'string') throw mismatch('pattern', 'a string');
  const compiled = compileRegex(operand, '');
  return (value) => typeof value !== 'string' || compiled.test(value);
}

const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['additionalItems', additionalItems],
  ['additionalProperties', additionalProperties],
  ['allOf', (operand) => allOf(subschemas('allOf', operand))],
  ['anyOf', (operand) => anyOf(subschemas('anyOf', operand))],
  ['bsonType', (operand, schema) => typeRule('bsonType', operand, schema)],
  ['dependencies', dependencies],
  ['description', text('description')],
  ['enum', enumeration],
  ['exclusiveMaximum', exclusiveBound('exclusiveMaximum', 'maximum')],
  ['exclusiveMinimum', exclusiveBound('exclusiveMinimum', 'minimum')],
  ['items', items],
  ['maxItems', count('maxItems', -1, elements)],
  ['maxLength', count('maxLength', -1, codePoints)],
  ['maxProperties', count('maxProperties', -1, fields)],
  ['maximum', bound('maximum')],
  ['minItems', count('minItems', 1, elements)],
  ['minLength', count('minLength', 1, codePoints)],
  ['minProperties', count('minProperties', 1, fields)],
  ['minimum', bound('minimum')],
  ['multipleOf', multipleOfRule],
  ['not', (operand) => not(subschema('not', operand))],
  ['oneOf', (operand) => oneOf(subschemas('oneOf', operand))],
  ['pattern', pattern],
  ['patternProperties', patternProperties],
  ['properties', properties],
  ['required', required],
  ['title', text('title')],
  ['type', (operand, schema) => typeRule('type', operand, schema)],
  ['uniqueItems', uniqueItems],
]);

function allOf(rules: readonly Rule[]): Rule {
  return (value) => rules.every((rule) => rule(value));
}

function anyOf(rules: readonly Rule[]): Rule {
  return (value) => rules.some((rule) => rule(value));
}

function oneOf(rules: readonly Rule[]): Rule {
  return (value) => rules.filter((rule) => rule(value)).length === 1;
}

function not(rule: Rule): Rule {
  return (value) => !rule(value);
}

function multipleOfRule(operand: Value): Rule {
  if (!isNumeric(operand)) throw mismatch('multipleOf', 'a number');
  if (compare(operand, 0) <= 0) throw new MongoError(9, "$jsonSchema keyword 'multipleOf' must be positive");
  return (value) => !isNumeric(value) || multipleOf(value, operand);
}
