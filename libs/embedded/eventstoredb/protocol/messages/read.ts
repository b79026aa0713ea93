import type { Empty, Uint64 } from './codec.js';
import { empty, message } from './codec.js';
import type { PositionMessage, StreamIdentifierMessage, UuidMessage } from './shared.js';
import { position, streamIdentifier, uuid } from './shared.js';

export interface ReadRequest {
  options?: ReadOptions;
}

export interface ReadOptions {
  streamOption?: 'stream' | 'all';
  stream?: StreamOptions;
  all?: { allOption?: 'position' | 'start' | 'end'; position?: PositionMessage; start?: Empty; end?: Empty };
  /** 0 forwards, 1 backwards */
  readDirection?: number;
  resolveLinks?: boolean;
  countOption?: 'count' | 'subscription';
  count?: Uint64;
  subscription?: Empty;
  filterOption?: 'filter' | 'noFilter';
  filter?: FilterOptions;
  noFilter?: Empty;
  uuidOption?: { content?: 'structured' | 'string'; structured?: Empty; string?: Empty };
}

export interface StreamOptions {
  streamIdentifier?: StreamIdentifierMessage;
  revisionOption?: 'revision' | 'start' | 'end';
  revision?: Uint64;
  start?: Empty;
  end?: Empty;
}

export interface FilterOptions {
  filter?: 'streamIdentifier' | 'eventType';
  streamIdentifier?: ExpressionMessage;
  eventType?: ExpressionMessage;
  window?: 'max' | 'count';
  max?: number;
  count?: Empty;
  checkpointIntervalMultiplier?: number;
}

export interface ExpressionMessage {
  regex?: string;
  prefix?: string[];
}

export interface RecordedEventMessage {
  id: UuidMessage;
  streamIdentifier: StreamIdentifierMessage;
  streamRevision: Uint64;
  preparePosition: Uint64;
  commitPosition: Uint64;
  metadata: Record<string, string>;
  customMetadata: Uint8Array;
  data: Uint8Array;
}

export interface ReadResponse {
  event?: { event?: RecordedEventMessage; link?: RecordedEventMessage; commitPosition: Uint64 };
  confirmation?: { subscriptionId: string };
  checkpoint?: PositionMessage;
  streamNotFound?: { streamIdentifier: StreamIdentifierMessage };
  caughtUp?: Empty;
}

const streamOptions = message<StreamOptions>(
  'StreamOptions',
  { streamIdentifier: [1, streamIdentifier], revision: [2, 'uint64'], start: [3, empty], end: [4, empty] },
  { revisionOption: ['revision', 'start', 'end'] },
);
const allOptions = message(
  'AllOptions',
  { position: [1, position], start: [2, empty], end: [3, empty] },
  { allOption: ['position', 'start', 'end'] },
);
const expression = message('Expression', { regex: [1, 'string'], prefix: [2, 'string', 'repeated'] });
const filterOptions = message<FilterOptions>(
  'FilterOptions',
  {
    streamIdentifier: [1, expression],
    eventType: [2, expression],
    max: [3, 'uint32'],
    count: [4, empty],
    checkpointIntervalMultiplier: [5, 'uint32'],
  },
  { filter: ['streamIdentifier', 'eventType'], window: ['max', 'count'] },
);
const uuidOption = message(
  'UuidOption',
  { structured: [1, empty], string: [2, empty] },
  { content: ['structured', 'string'] },
);
const readOptions = message<ReadOptions>(
  'ReadOptions',
  {
    stream: [1, streamOptions],
    all: [2, allOptions],
    readDirection: [3, 'int32'],
    resolveLinks: [4, 'bool'],
    count: [5, 'uint64'],
    subscription: [6, empty],
    filter: [7, filterOptions],
    noFilter: [8, empty],
    uuidOption: [9, uuidOption],
  },
  { streamOption: ['stream', 'all'], countOption: ['count', 'subscription'], filterOption: ['filter', 'noFilter'] },
);
const recordedEvent = message('RecordedEvent', {
  id: [1, uuid],
  streamIdentifier: [2, streamIdentifier],
  streamRevision: [3, 'uint64'],
  preparePosition: [4, 'uint64'],
  commitPosition: [5, 'uint64'],
  metadata: [6, 'map'],
  customMetadata: [7, 'bytes'],
  data: [8, 'bytes'],
});
const readEvent = message('ReadEvent', {
  event: [1, recordedEvent],
  link: [2, recordedEvent],
  commitPosition: [3, 'uint64'],
});
const subscriptionConfirmation = message('SubscriptionConfirmation', { subscriptionId: [1, 'string'] });
const streamNotFound = message('StreamNotFound', { streamIdentifier: [1, streamIdentifier] });

export const readRequest = message<ReadRequest>('ReadReq', { options: [1, readOptions] });
export const readResponse = message<ReadResponse>(
  'ReadResp',
  {
    event: [1, readEvent],
    confirmation: [2, subscriptionConfirmation],
    checkpoint: [3, position],
    streamNotFound: [4, streamNotFound],
    caughtUp: [8, empty],
  },
  { content: ['event', 'confirmation', 'checkpoint', 'streamNotFound', 'caughtUp'] },
);
