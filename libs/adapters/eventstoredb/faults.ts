import {
  CancelledError,
  DeadlineExceededError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
  UnavailableError,
} from '@eventstore/db-client';
import { DamagedData, Fault, StoreUnavailable, StreamGone } from '#event-sourcing';

/** gRPC status of a server that found stored bytes to be other than what it wrote. */
const dataLoss = 15;

/** The connection or the server was in the way: the same call may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  return [CancelledError, DeadlineExceededError, NotLeaderError, TimeoutError, UnavailableError].some(
    (kind) => error instanceof kind,
  );
}

/** The kernel's fault for an error of the client. Its message stays the cause, for logs only. */
export function toFault(error: unknown, stream: string): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof StreamDeletedError) return new StreamGone(stream);
  if (error instanceof Error && 'code' in error && error.code === dataLoss) {
    return new DamagedData(stream, { cause: error });
  }
  return new StoreUnavailable('event-store', error instanceof Error ? error.constructor.name : 'unknown', {
    cause: error,
  });
}
