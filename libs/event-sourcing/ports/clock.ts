/** Time, from outside, so that tests can hold and move it. */
export interface Clock {
  /** RFC 3339 in UTC with milliseconds. */
  now(): string;
  /** Resolves after `milliseconds`, or at once when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
