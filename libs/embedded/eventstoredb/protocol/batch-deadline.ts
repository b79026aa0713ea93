import type { BatchAppendOptions, SecondsMessage } from './messages/batch-append.js';

/** Long enough for any disk, and the end of appends that a client has forgotten. */
const LONGEST = 30_000;

/** Milliseconds that are left until the client no longer waits for an append. */
export function deadlineOf(options: BatchAppendOptions | undefined): number {
  const { deadlineTimestamp, deadline } = options ?? {};
  if (deadlineTimestamp) return Math.min(LONGEST, toMilliseconds(deadlineTimestamp) - Date.now());
  return deadline ? Math.min(LONGEST, toMilliseconds(deadline)) : LONGEST;
}

function toMilliseconds({ seconds = 0, nanos = 0 }: SecondsMessage): number {
  return Number(seconds) * 1000 + nanos / 1e6;
}
