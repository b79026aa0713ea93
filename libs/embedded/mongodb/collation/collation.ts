import { Document, Int32, isNumeric, MongoError, toDouble } from '../values/index.js';
import type { Value } from '../values/index.js';

/** How strings compare under a collation; `undefined` in a query's context means plain bytes. */
export interface Collation {
  /** Every option spelled out, as listCollections and listIndexes show it. */
  readonly specification: Document;
  readonly compare: (a: string, b: string) => number;
}

const strengths: ReadonlyMap<number, 'base' | 'accent' | 'variant'> = new Map([
  [1, 'base'],
  [2, 'accent'],
  [3, 'variant'],
]);

const fieldNames = [
  'locale',
  'caseLevel',
  'caseFirst',
  'strength',
  'numericOrdering',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
  'version',
];

/**
 * The collation a specification asks for; undefined for the locale "simple". Throws 2 for bad values, 40414 without a
 * locale, 40415 for unknown fields, 14 for wrong types, and 2 for what Intl cannot do.
 */
export function parseCollation(specification: Document): Collation | undefined {
  for (const name of specification.keys())
    if (!fieldNames.includes(name)) throw new MongoError(40415, `BSON field 'collation.${name}' is an unknown field.`);
  const locale = specification.get('locale');
  if (locale === undefined)
    throw new MongoError(40414, "BSON field 'collation.locale' is missing but a required field");
  if (typeof locale !== 'string') throw new MongoError(14, 'collation.locale must be a string');
  const strength = integerField(specification, 'strength', 3);
  const caseLevel = booleanField(specification, 'caseLevel');
  const caseFirst = choice(specification, 'caseFirst', ['off', 'upper', 'lower']);
  const numericOrdering = booleanField(specification, 'numericOrdering');
  const alternate = choice(specification, 'alternate', ['non-ignorable', 'shifted']);
  const maxVariable = choice(specification, 'maxVariable', ['punct', 'space']);
  const normalization = booleanField(specification, 'normalization');
  const backwards = booleanField(specification, 'backwards');
  if (locale === 'simple') {
    if (specification.size > 1) throw new MongoError(2, 'The locale "simple" takes no other collation options');
    return undefined;
  }
  const sensitivity = strengths.get(strength);
  if (sensitivity === undefined || backwards || alternate === 'shifted')
    throw new MongoError(
      2,
      'collation strength above 3, backwards and alternate are not supported by the embedded server',
    );
  const options: Intl.CollatorOptions = {
    sensitivity: sensitivity === 'base' && caseLevel ? 'case' : sensitivity,
    numeric: numericOrdering,
    caseFirst: caseFirst === 'off' ? 'false' : caseFirst,
  };
  return {
    specification: new Document([
      ['locale', locale],
      ['caseLevel', caseLevel],
      ['caseFirst', caseFirst],
      ['strength', new Int32(strength)],
      ['numericOrdering', numericOrdering],
      ['alternate', alternate],
      ['maxVariable', maxVariable],
      ['normalization', normalization],
      ['backwards', backwards],
      ['version', '57.1'],
    ]),
    compare: collator(locale, options).compare,
  };
}

function collator(locale: string, options: Intl.CollatorOptions): Intl.Collator {
  const [name = '', variant] = locale.split('@collation=');
  const tag = name.replaceAll('_', '-') + (variant === undefined ? '' : `-u-co-${variant}`);
  try {
    if (Intl.Collator.supportedLocalesOf([tag]).length === 1) return new Intl.Collator(tag, options);
  } catch {
    // Not even the form of a locale: refused below, like an unknown one.
  }
  throw new MongoError(2, `Field 'locale' is invalid in collation: ${locale}`);
}

function integerField(specification: Document, name: string, absent: number): number {
  const value = field(specification, name);
  if (value === undefined) return absent;
  if (!isNumeric(value)) throw new MongoError(14, `collation.${name} must be a number`);
  const number = toDouble(value);
  if (!Number.isInteger(number) || number < 1 || number > 5)
    throw new MongoError(2, `collation.${name} must be 1 to 5, not ${number}`);
  return number;
}

function booleanField(specification: Document, name: string): boolean {
  const value = field(specification, name);
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw new MongoError(14, `collation.${name} must be a boolean`);
  return value;
}

function choice<T extends string>(specification: Document, name: string, allowed: readonly [T, ...T[]]): T {
  const value = field(specification, name);
  if (value === undefined) return allowed[0];
  if (typeof value !== 'string') throw new MongoError(14, `collation.${name} must be a string`);
  const chosen = allowed.find((candidate) => candidate === value);
  if (chosen === undefined)
    throw new MongoError(2, `collation.${name} must be one of ${allowed.join(', ')}, not '${value}'`);
  return chosen;
}

const field = (specification: Document, name: string): Value | undefined => specification.get(name) ?? undefined;
