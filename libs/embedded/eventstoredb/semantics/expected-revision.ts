/** What a writer expects of a stream: anything, that it exists, that it has no event, or its exact last revision. */
export type ExpectedRevision = 'any' | 'stream_exists' | 'no_stream' | bigint;

/** The numeric form in messages and trailers. */
export function expectedRevisionNumber(expected: ExpectedRevision): bigint {
  if (expected === 'no_stream') return -1n;
  if (expected === 'any') return -2n;
  if (expected === 'stream_exists') return -4n;
  return expected;
}
