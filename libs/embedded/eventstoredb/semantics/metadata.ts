import type { StreamMetadata } from '../storage/stream-head.js';

/** The `$tb` that marks a stream as soft-deleted: 2^63-1. */
export const DELETED_TRUNCATE_BEFORE = 9223372036854775807n;

/** The whole metadata that a soft delete writes. */
export const DELETED_METADATA = `{"$tb":${DELETED_TRUNCATE_BEFORE}}`;

const INT64_MIN = -9223372036854775808n;
const INTEGER = /^-?\d+$/;

/** A number as it was written: JavaScript's own would round 2^63-1 to 2^63. */
interface NumberText {
  readonly rawJSON: string;
}

// In the language since ES2026, in the compiler's library not yet.
declare global {
  interface JSON {
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
    rawJSON(text: string): NumberText;
    isRawJSON(value: unknown): boolean;
  }
}

type JsonObject = Record<string, unknown>;

/**
 * The bounds that a metadata event sets. None when it is not a JSON object, or when a known key has a value of the
 * wrong type; a key whose number makes no sense (a `$maxCount` of 0) is ignored alone.
 */
export function parseMetadata(data: Uint8Array, isJson: boolean): StreamMetadata {
  const json = isJson ? parseObject(data) : undefined;
  if (!json) return {};
  const maxCount = integerOf(json['$maxCount']);
  const maxAge = integerOf(json['$maxAge']);
  const truncateBefore = integerOf(json['$tb']);
  const cacheControl = integerOf(json['$cacheControl']);
  if ([maxCount, maxAge, truncateBefore, cacheControl].includes('invalid') || !isAcl(json['$acl'])) return {};
  return {
    ...(typeof maxCount === 'bigint' && maxCount > 0n && { maxCount: Number(maxCount) }),
    ...(typeof maxAge === 'bigint' && maxAge > 0n && { maxAge: Number(maxAge) }),
    ...(truncateBefore === DELETED_TRUNCATE_BEFORE && { isDeleted: true }),
    ...(typeof truncateBefore === 'bigint' && truncateBefore >= 0n && { truncateBefore: safeNumber(truncateBefore) }),
  };
}

/** The same metadata with another `$tb`, in its old place or else at the end; undefined when it is no JSON object. */
export function withTruncateBefore(data: Uint8Array, revision: number): Uint8Array | undefined {
  const json = parseObject(data);
  return json && Buffer.from(JSON.stringify({ ...json, $tb: revision }));
}

function parseObject(data: Uint8Array): JsonObject | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(data);
    const value: unknown = JSON.parse(text, keepNumberText);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumberText(value);
    return isObject ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function keepNumberText(_key: string, value: unknown, context: { source?: string }): unknown {
  return typeof value === 'number' && context.source !== undefined ? JSON.rawJSON(context.source) : value;
}

function isNumberText(value: unknown): value is NumberText {
  return JSON.isRawJSON(value);
}

function integerOf(value: unknown): bigint | 'invalid' | undefined {
  if (value === undefined) return undefined;
  if (!isNumberText(value) || !INTEGER.test(value.rawJSON)) return 'invalid';
  const integer = BigInt(value.rawJSON);
  return integer >= INT64_MIN && integer <= DELETED_TRUNCATE_BEFORE ? integer : 'invalid';
}

function isAcl(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && !isNumberText(value));
}

/** No revision ever comes near 2^53, so what is above hides just as much. */
function safeNumber(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}
