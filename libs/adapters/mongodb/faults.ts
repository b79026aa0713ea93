import {
  MongoError,
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb';
import { StoreUnavailable } from '#event-sourcing';

export const mongoCode = {
  namespaceNotFound: 26,
  cursorNotFound: 43,
  namespaceExists: 48,
  indexOptionsConflict: 85,
  indexKeySpecsConflict: 86,
  queryPlanKilled: 175,
  duplicateKey: 11000,
} as const;

const lostConnection = [
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
];

/** Steps down, shuts down, times out, is interrupted: the same call may well succeed later. */
const passingCodes = new Set([50, 64, 89, 91, 112, 189, 262, 290, 10107, 11600, 11601, 11602, 13388, 13435, 13436]);

/** Runs calls of the driver; what is wrong with the database for now becomes `StoreUnavailable`, the rest is thrown on. */
export async function mongoCall<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isPassing(error) ? new StoreUnavailable('documents', reasonOf(error), { cause: error }) : error;
  }
}

export function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof MongoServerError && typeof error.code === 'number' && codes.includes(error.code);
}

function isPassing(error: unknown): boolean {
  if (lostConnection.some((kind) => error instanceof kind)) return true;
  if (!(error instanceof MongoServerError)) return false;
  return error.hasErrorLabel('RetryableWriteError') || passingCodes.has(Number(error.code));
}

/** The driver's own words may hold addresses and values: only the kind of error is passed on. */
function reasonOf(error: unknown): string {
  return error instanceof MongoError ? error.name : 'no answer';
}
