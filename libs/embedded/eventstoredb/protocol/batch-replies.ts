import { CommitFailedError } from '../semantics/commit-queue.js';
import type { ExpectedRevision } from '../semantics/expected-revision.js';
import type { WriteOutcome } from '../semantics/write-outcome.js';
import { GrpcError, Status } from '../transport/status.js';
import { appendSuccess } from './append-success.js';
import { toGrpcError } from './errors.js';
import { streamIdentifierOf } from './identifiers.js';
import type { BatchAppendRequest, BatchAppendResponse, StatusMessage } from './messages/batch-append.js';
import {
  badRequestDetail,
  maximumAppendSizeDetail,
  streamDeletedDetail,
  wrongExpectedVersionDetail,
} from './messages/batch-append.js';
import type { Codec } from './messages/codec.js';
import { empty } from './messages/codec.js';
import type { WriteTarget } from './write-options.js';

/**
 * The replies of BatchAppend. Each repeats correlation id and stream of its request: the client looks its promise up
 * by the one, reads the other without asking whether it is there, and dies of an exception when either is missing.
 */
export function batchOutcome(
  request: BatchAppendRequest,
  target: WriteTarget,
  outcome: WriteOutcome,
): BatchAppendResponse {
  switch (outcome.kind) {
    case 'written':
      return { ...addressOf(request), success: appendSuccess(outcome) };
    case 'stream-deleted':
      return withError(request, Status.notFound, 'StreamDeleted', streamDeletedDetail, {
        streamIdentifier: streamIdentifierOf(target.stream),
      });
    case 'wrong-expected-version':
      return withError(request, Status.alreadyExists, 'WrongExpectedVersion', wrongExpectedVersionDetail, {
        ...(outcome.current === -1 ? { currentNoStream: {} } : { currentStreamRevision: outcome.current }),
        ...expectedOf(target.expected),
      });
  }
}

export function batchTimeout(request: BatchAppendRequest): BatchAppendResponse {
  return { ...addressOf(request), error: status(Status.deadlineExceeded, 'Timeout', 'event_store.client.Timeout') };
}

/** For an append that could not even be tried, or whose commit failed. */
export function batchFailure(request: BatchAppendRequest, failure: unknown): BatchAppendResponse {
  const error = toGrpcError(failure);
  const limit = error.trailers['maximum-append-size'];
  if (limit !== undefined) {
    const detail = { maxAppendSize: Number(limit) };
    return withError(request, Status.invalidArgument, 'MaximumAppendSizeExceeded', maximumAppendSizeDetail, detail);
  }
  if (failure instanceof GrpcError) {
    return withError(request, Status.invalidArgument, 'BadRequest', badRequestDetail, { message: error.message });
  }
  if (failure instanceof CommitFailedError) {
    return { ...addressOf(request), error: status(Status.unknown, 'Unknown', 'event_store.client.Unknown') };
  }
  return { ...addressOf(request), error: status(Status.internal, error.message, 'google.protobuf.Empty') };
}

function withError<T>(
  request: BatchAppendRequest,
  code: number,
  name: string,
  codec: Codec<T>,
  detail: T,
): BatchAppendResponse {
  return { ...addressOf(request), error: status(code, name, `event_store.client.${name}`, codec.encode(detail)) };
}

function status(code: number, message: string, type: string, value = empty.encode({})): StatusMessage {
  return { code, message, details: { typeUrl: `type.googleapis.com/${type}`, value } };
}

function addressOf({ correlationId, options }: BatchAppendRequest) {
  return {
    correlationId: correlationIdOf(correlationId),
    streamIdentifier: { streamName: options?.streamIdentifier?.streamName ?? new Uint8Array(0) },
  };
}

/** In the form it came in. */
function correlationIdOf(id: BatchAppendRequest['correlationId']) {
  const { structured, string } = id ?? {};
  if (!structured) return { ...(string !== undefined && { string }) };
  const { mostSignificantBits = 0n, leastSignificantBits = 0n } = structured;
  return {
    structured: {
      mostSignificantBits: String(mostSignificantBits),
      leastSignificantBits: String(leastSignificantBits),
    },
  };
}

function expectedOf(expected: ExpectedRevision) {
  switch (expected) {
    case 'any':
      return { expectedAny: {} };
    case 'stream_exists':
      return { expectedStreamExists: {} };
    case 'no_stream':
      return { expectedNoStream: {} };
    default:
      return { expectedStreamPosition: String(expected) };
  }
}
