import type { ExpectedRevision } from '../semantics/expected-revision.js';
import { invalidArgument } from '../transport/status.js';
import { parseWritableStreamName } from './identifiers.js';
import type { WriteOptions } from './messages/append.js';
import type { BatchAppendOptions } from './messages/batch-append.js';

export interface WriteTarget {
  readonly stream: string;
  readonly expected: ExpectedRevision;
}

/** Throws GrpcError. */
export function parseWriteOptions(options: WriteOptions | undefined): WriteTarget {
  const stream = parseWritableStreamName(options?.streamIdentifier);
  return { stream, expected: parseExpected(options?.expectedRevision, options?.revision) };
}

/** Throws GrpcError. */
export function parseBatchOptions(options: BatchAppendOptions): WriteTarget {
  const stream = parseWritableStreamName(options.streamIdentifier);
  return { stream, expected: parseExpected(options.expectedStreamPosition, options.streamPosition) };
}

type ExpectedKind = WriteOptions['expectedRevision'] | BatchAppendOptions['expectedStreamPosition'];

function parseExpected(kind: ExpectedKind, revision: WriteOptions['revision']): ExpectedRevision {
  switch (kind) {
    case 'any':
      return 'any';
    case 'noStream':
      return 'no_stream';
    case 'streamExists':
      return 'stream_exists';
    case 'revision':
    case 'streamPosition':
      return BigInt(revision ?? 0);
    case undefined:
      throw invalidArgument('an expected revision is required');
  }
}
