import type { Empty, Uint64 } from './codec.js';
import { empty, message } from './codec.js';
import type { PositionMessage, StreamIdentifierMessage, UuidMessage } from './shared.js';
import { position, streamIdentifier, uuid } from './shared.js';

export interface ProposedMessage {
  id?: UuidMessage;
  metadata?: Record<string, string>;
  customMetadata?: Uint8Array;
  data?: Uint8Array;
}

/** Of Append, Delete and Tombstone alike. */
export interface WriteOptions {
  streamIdentifier?: StreamIdentifierMessage;
  expectedRevision?: 'revision' | 'noStream' | 'any' | 'streamExists';
  revision?: Uint64;
  noStream?: Empty;
  any?: Empty;
  streamExists?: Empty;
}

export interface AppendRequest {
  content?: 'options' | 'proposedMessage';
  options?: WriteOptions;
  proposedMessage?: ProposedMessage;
}

export interface AppendSuccess {
  currentRevision?: Uint64;
  noStream?: Empty;
  position?: PositionMessage;
  noPosition?: Empty;
}

export interface AppendResponse {
  success?: AppendSuccess;
  wrongExpectedVersion?: Record<string, Uint64 | Empty>;
}

export const proposedMessage = message<ProposedMessage>('ProposedMessage', {
  id: [1, uuid],
  metadata: [2, 'map'],
  customMetadata: [3, 'bytes'],
  data: [4, 'bytes'],
});
export const writeOptions = message<WriteOptions>(
  'WriteOptions',
  {
    streamIdentifier: [1, streamIdentifier],
    revision: [2, 'uint64'],
    noStream: [3, empty],
    any: [4, empty],
    streamExists: [5, empty],
  },
  { expectedRevision: ['revision', 'noStream', 'any', 'streamExists'] },
);
export const appendSuccess = message<AppendSuccess>(
  'AppendSuccess',
  { currentRevision: [1, 'uint64'], noStream: [2, empty], position: [3, position], noPosition: [4, empty] },
  { currentRevisionOption: ['currentRevision', 'noStream'], positionOption: ['position', 'noPosition'] },
);
// Each fact twice: the second form is for servers up to 20.6, and some clients still read it.
const appendWrongExpectedVersion = message(
  'AppendWrongExpectedVersion',
  {
    currentRevision2060: [1, 'uint64'],
    noStream2060: [2, empty],
    expectedRevision2060: [3, 'uint64'],
    any2060: [4, empty],
    streamExists2060: [5, empty],
    currentRevision: [6, 'uint64'],
    currentNoStream: [7, empty],
    expectedRevision: [8, 'uint64'],
    expectedAny: [9, empty],
    expectedStreamExists: [10, empty],
    expectedNoStream: [11, empty],
  },
  {
    currentRevisionOption2060: ['currentRevision2060', 'noStream2060'],
    expectedRevisionOption2060: ['expectedRevision2060', 'any2060', 'streamExists2060'],
    currentRevisionOption: ['currentRevision', 'currentNoStream'],
    expectedRevisionOption: ['expectedRevision', 'expectedAny', 'expectedStreamExists', 'expectedNoStream'],
  },
);

export const appendRequest = message<AppendRequest>(
  'AppendReq',
  { options: [1, writeOptions], proposedMessage: [2, proposedMessage] },
  { content: ['options', 'proposedMessage'] },
);
export const appendResponse = message<AppendResponse>(
  'AppendResp',
  { success: [1, appendSuccess], wrongExpectedVersion: [2, appendWrongExpectedVersion] },
  { result: ['success', 'wrongExpectedVersion'] },
);
