import { CommitFailedError } from '../semantics/commit-queue.js';
import type { ExpectedRevision } from '../semantics/expected-revision.js';
import { expectedRevisionNumber } from '../semantics/expected-revision.js';
import { InvalidPatternError } from '../semantics/filter.js';
import { StreamTombstonedError } from '../semantics/read-stream.js';
import { DamagedStoreError } from '../storage/damage.js';
import { GrpcError, Status, invalidArgument } from '../transport/status.js';

/** The client makes its own error class from the `exception` trailer, and reads the others without looking. */
export function streamDeleted(stream: string): GrpcError {
  const trailers = { exception: 'stream-deleted', 'stream-name': stream };
  return new GrpcError(Status.failedPrecondition, `Event stream '${stream}' is deleted.`, trailers);
}

export function wrongExpectedVersion(stream: string, expected: ExpectedRevision, current: number): GrpcError {
  const expectedVersion = String(expectedRevisionNumber(expected));
  return new GrpcError(
    Status.failedPrecondition,
    `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expectedVersion}, Actual version: ${current}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': expectedVersion,
      'actual-version': String(current),
    },
  );
}

export function maximumAppendSizeExceeded(limit: number): GrpcError {
  const trailers = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(limit) };
  return new GrpcError(Status.invalidArgument, `Maximum Append Size of ${limit} Exceeded.`, trailers);
}

export function missingRequiredMetadata(property: string): GrpcError {
  return new GrpcError(Status.invalidArgument, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });
}

export function scavengeNotFound(scavengeId: string): GrpcError {
  const trailers = { exception: 'scavenge-not-found', 'scavenge-id': scavengeId };
  return new GrpcError(Status.notFound, 'Scavenge id was invalid.', trailers);
}

/** What a call ends with when something was thrown while it was served. */
export function toGrpcError(error: unknown): GrpcError {
  if (error instanceof GrpcError) return error;
  if (error instanceof StreamTombstonedError) return streamDeleted(error.stream);
  if (error instanceof InvalidPatternError) return invalidArgument(error.message);
  if (error instanceof DamagedStoreError) return new GrpcError(Status.dataLoss, error.message);
  if (error instanceof CommitFailedError) return new GrpcError(Status.unavailable, error.message);
  return new GrpcError(Status.internal, error instanceof Error ? error.message : 'unknown failure');
}
