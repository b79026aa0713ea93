import { Document, int32, isNumeric, MongoError, toDouble, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Request } from './command.js';

/** Fields that any command may carry. */
const GENERIC_FIELDS: ReadonlySet<string> = new Set([
  '$db',
  'lsid',
  'txnNumber',
  'startTransaction',
  'autocommit',
  'stmtId',
  'stmtIds',
  '$readPreference',
  '$clusterTime',
  'comment',
  'maxTimeMS',
  'maxTimeMSOpOnly',
  'readConcern',
  'writeConcern',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$audit',
  '$client',
  '$queryOptions',
  '$configServerState',
]);

/**
 * Typed access to the fields of a command or of a statement inside one. A field that is null counts as absent; one of the
 * wrong type fails with 14, a missing required one with 40414.
 */
export class Arguments {
  constructor(
    private readonly fields: Document,
    /** What messages call the thing whose fields these are: `find`, `update.updates`. */
    private readonly owner: string,
  ) {}

  /** The arguments of a command. Throws 40415 when it has a field that is neither in `known` nor allowed everywhere. */
  static of(request: Request, known: readonly string[]): Arguments {
    for (const name of request.body.keys()) {
      if (name !== request.name && !known.includes(name) && !GENERIC_FIELDS.has(name))
        throw unknownField(request.name, name);
    }
    return new Arguments(request.body, request.name);
  }

  /** The arguments of one statement or option document; nothing but `known` may be in it. */
  static ofDocument(fields: Document, owner: string, known: readonly string[]): Arguments {
    for (const name of fields.keys()) if (!known.includes(name)) throw unknownField(owner, name);
    return new Arguments(fields, owner);
  }

  /** The same with the `let` of the command that the statement belongs to. */
  withLet(command: Arguments): Arguments {
    const variables = command.document('let');
    return variables === undefined ? this : new Arguments(this.fields.clone().set('let', variables), this.owner);
  }

  /** Whatever stands there, null included. */
  raw(name: string): Value | undefined {
    return this.fields.get(name);
  }

  document(name: string): Document | undefined {
    const value = this.present(name);
    if (value === undefined || value instanceof Document) return value;
    throw this.wrongType(name, value, 'object');
  }

  array(name: string): readonly Value[] | undefined {
    const value = this.present(name);
    if (value === undefined || Array.isArray(value)) return value;
    throw this.wrongType(name, value, 'array');
  }

  string(name: string): string | undefined {
    const value = this.present(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.wrongType(name, value, 'string');
  }

  /** A boolean, or a number that stands for one. */
  boolean(name: string): boolean | undefined {
    const value = this.present(name);
    if (value === undefined || typeof value === 'boolean') return value;
    if (isNumeric(value)) return toDouble(value) !== 0;
    throw this.wrongType(name, value, 'bool');
  }

  number(name: string): number | undefined {
    const value = this.present(name);
    if (value === undefined) return undefined;
    if (isNumeric(value)) return toDouble(value);
    throw this.wrongType(name, value, 'number');
  }

  /** A whole number from 0 to 2^63. Throws 51024 when it is out of range, and truncates as MongoDB does. */
  count(name: string): number | undefined {
    const value = this.number(name);
    if (value === undefined) return undefined;
    if (!(value >= 0)) {
      throw new MongoError(51024, `BSON field '${name}' value must be >= 0, actual value '${value}'`);
    }
    return Math.trunc(value);
  }

  required<T>(name: string, value: T | undefined): T {
    if (value !== undefined) return value;
    throw new MongoError(40414, `BSON field '${this.owner}.${name}' is missing but a required field`);
  }

  private present(name: string): Value | undefined {
    const value = this.fields.get(name);
    return value === null ? undefined : value;
  }

  private wrongType(name: string, value: Value, expected: string): MongoError {
    return new MongoError(
      14,
      `BSON field '${this.owner}.${name}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
    );
  }
}

const unknownField = (owner: string, name: string): MongoError =>
  new MongoError(40415, `BSON field '${owner}.${name}' is an unknown field.`);

/** A whole number that fits int32 as such, else a double: how replies carry counts. */
export const countValue = (count: number): Value => (count <= 0x7fffffff ? int32(count) : count);
