/** What a soft delete sets: 2^63-1, which a JavaScript number would round. */
export const DELETED = 2n ** 63n - 1n;

/** The `$tb` of a stream's metadata; undefined when it has none, or when it is no metadata. */
export function truncateBeforeOf(metadata: Uint8Array): bigint | undefined {
  const value = parse(metadata)?.['$tb'];
  const text = JSON.isRawJSON(value) ? (value as { rawJSON: string }).rawJSON : '';
  return /^\d+$/.test(text) ? BigInt(text) : undefined;
}

/** The same metadata with another `$tb`; every other number stays as it was written. */
export function withTruncateBefore(metadata: Uint8Array, revision: bigint): Uint8Array {
  return Buffer.from(JSON.stringify({ ...parse(metadata), $tb: JSON.rawJSON(String(revision)) }));
}

function parse(metadata: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(metadata).toString('utf8'), keepNumberText);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function keepNumberText(_key: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && source !== undefined ? JSON.rawJSON(source) : value;
}
