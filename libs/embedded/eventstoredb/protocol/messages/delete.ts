import type { WriteOptions } from './append.js';
import { writeOptions } from './append.js';
import type { Empty } from './codec.js';
import { empty, message } from './codec.js';
import type { PositionMessage } from './shared.js';
import { position } from './shared.js';

export interface DeleteRequest {
  options?: WriteOptions;
}

export interface DeleteResponse {
  position?: PositionMessage;
  noPosition?: Empty;
}

/** Of Delete and Tombstone alike. */
export const deleteRequest = message<DeleteRequest>('DeleteReq', { options: [1, writeOptions] });
export const deleteResponse = message<DeleteResponse>(
  'DeleteResp',
  { position: [1, position], noPosition: [2, empty] },
  { positionOption: ['position', 'noPosition'] },
);
