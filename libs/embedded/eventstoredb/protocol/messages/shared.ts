import type { Uint64 } from './codec.js';
import { message } from './codec.js';

export interface UuidMessage {
  structured?: { mostSignificantBits?: Uint64; leastSignificantBits?: Uint64 };
  string?: string;
}

export interface StreamIdentifierMessage {
  /** UTF-8 */
  streamName?: Uint8Array;
}

export interface PositionMessage {
  commitPosition?: Uint64;
  preparePosition?: Uint64;
}

const structuredUuid = message('StructuredUuid', {
  mostSignificantBits: [1, 'int64'],
  leastSignificantBits: [2, 'int64'],
});
export const uuid = message<UuidMessage>(
  'UUID',
  { structured: [1, structuredUuid], string: [2, 'string'] },
  { value: ['structured', 'string'] },
);
export const streamIdentifier = message<StreamIdentifierMessage>('StreamIdentifier', { streamName: [3, 'bytes'] });
export const position = message<PositionMessage>('Position', {
  commitPosition: [1, 'uint64'],
  preparePosition: [2, 'uint64'],
});
