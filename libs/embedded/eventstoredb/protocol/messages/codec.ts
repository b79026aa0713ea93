import protobuf from 'protobufjs';

/** A scalar type's name, or the codec of a message type. `map` is a map from string to string. */
type FieldType = string | { readonly typeName: string };
type Fields = Record<string, readonly [id: number, type: FieldType, rule?: 'repeated']>;

/** One message type of the wire, as the value its interface describes. 64-bit integers are bigint when received. */
export interface Codec<T> {
  readonly typeName: string;
  readonly encode: (value: T) => Uint8Array;
  /** Throws when the bytes are no such message. Fields that are not set are absent. */
  readonly decode: (bytes: Uint8Array) => T;
}

/** 64-bit integers to send may be numbers or decimal text; the encoder does not understand `bigint`. */
export type Uint64 = bigint | string | number;
export type Empty = Record<string, never>;

const root = new protobuf.Root();

/** Declares a message type; a oneof appears in decoded values as a property that names the member which is set. */
export function message<T extends object>(
  typeName: string,
  fields: Fields,
  oneofs: Record<string, string[]> = {},
): Codec<T> {
  const type = protobuf.Type.fromJSON(typeName, {
    fields: Object.fromEntries(Object.entries(fields).map(([field, declared]) => [field, fieldOf(...declared)])),
    oneofs: Object.fromEntries(Object.entries(oneofs).map(([oneof, members]) => [oneof, { oneof: members }])),
  });
  root.add(type);
  return {
    typeName,
    encode: (value) => type.encode(value).finish(),
    decode: (bytes) => type.toObject(type.decode(bytes), { longs: BigInt, oneofs: true }) as T,
  };
}

function fieldOf(id: number, type: FieldType, rule?: 'repeated') {
  if (type === 'map') return { id, keyType: 'string', type: 'string' };
  return { id, type: typeof type === 'string' ? type : type.typeName, ...(rule && { rule }) };
}

export const empty = message<Empty>('Empty', {});
