import type { AppendSuccess, ProposedMessage } from './append.js';
import { appendSuccess, proposedMessage } from './append.js';
import type { Empty, Uint64 } from './codec.js';
import { empty, message } from './codec.js';
import type { StreamIdentifierMessage, UuidMessage } from './shared.js';
import { streamIdentifier, uuid } from './shared.js';

export interface BatchAppendOptions {
  streamIdentifier?: StreamIdentifierMessage;
  expectedStreamPosition?: 'streamPosition' | 'noStream' | 'any' | 'streamExists';
  streamPosition?: Uint64;
  noStream?: Empty;
  any?: Empty;
  streamExists?: Empty;
  /** An instant; what client 6.2.1 sends. */
  deadlineTimestamp?: SecondsMessage;
  /** From now; what newer clients send. */
  deadline?: SecondsMessage;
}

export interface SecondsMessage {
  seconds?: Uint64;
  nanos?: number;
}

export interface BatchAppendRequest {
  correlationId?: UuidMessage;
  options?: BatchAppendOptions;
  proposedMessages?: ProposedMessage[];
  isFinal?: boolean;
}

/** google.rpc.Status with its one detail. */
export interface StatusMessage {
  code: number;
  message: string;
  details: { typeUrl: string; value: Uint8Array };
}

export interface BatchAppendResponse {
  correlationId?: UuidMessage;
  error?: StatusMessage;
  success?: AppendSuccess;
  streamIdentifier: StreamIdentifierMessage;
  streamPosition?: Uint64;
  noStream?: Empty;
  any?: Empty;
  streamExists?: Empty;
}

const seconds = message('Seconds', { seconds: [1, 'int64'], nanos: [2, 'int32'] });
const any = message('Any', { typeUrl: [1, 'string'], value: [2, 'bytes'] });
const status = message('Status', { code: [1, 'int32'], message: [2, 'string'], details: [3, any] });
const batchAppendOptions = message(
  'BatchAppendOptions',
  {
    streamIdentifier: [1, streamIdentifier],
    streamPosition: [2, 'uint64'],
    noStream: [3, empty],
    any: [4, empty],
    streamExists: [5, empty],
    deadlineTimestamp: [6, seconds],
    deadline: [7, seconds],
  },
  {
    expectedStreamPosition: ['streamPosition', 'noStream', 'any', 'streamExists'],
    deadlineOption: ['deadlineTimestamp', 'deadline'],
  },
);

export const batchAppendRequest = message<BatchAppendRequest>('BatchAppendReq', {
  correlationId: [1, uuid],
  options: [2, batchAppendOptions],
  proposedMessages: [3, proposedMessage, 'repeated'],
  isFinal: [4, 'bool'],
});
export const batchAppendResponse = message<BatchAppendResponse>(
  'BatchAppendResp',
  {
    correlationId: [1, uuid],
    error: [2, status],
    success: [3, appendSuccess],
    streamIdentifier: [4, streamIdentifier],
    streamPosition: [5, 'uint64'],
    noStream: [6, empty],
    any: [7, empty],
    streamExists: [8, empty],
  },
  { result: ['error', 'success'], expectedStreamPosition: ['streamPosition', 'noStream', 'any', 'streamExists'] },
);

/** Details of an error, packed into `Any`. */
export const wrongExpectedVersionDetail = message<Record<string, Uint64 | Empty>>(
  'WrongExpectedVersion',
  {
    currentStreamRevision: [1, 'uint64'],
    currentNoStream: [2, empty],
    expectedStreamPosition: [3, 'uint64'],
    expectedAny: [4, empty],
    expectedStreamExists: [5, empty],
    expectedNoStream: [6, empty],
  },
  {
    currentStreamRevisionOption: ['currentStreamRevision', 'currentNoStream'],
    expectedStreamPositionOption: ['expectedStreamPosition', 'expectedAny', 'expectedStreamExists', 'expectedNoStream'],
  },
);
export const streamDeletedDetail = message<{ streamIdentifier: StreamIdentifierMessage }>('StreamDeleted', {
  streamIdentifier: [1, streamIdentifier],
});
export const maximumAppendSizeDetail = message<{ maxAppendSize: number }>('MaximumAppendSizeExceeded', {
  maxAppendSize: [1, 'uint32'],
});
export const badRequestDetail = message<{ message: string }>('BadRequest', { message: [1, 'string'] });
