/** Settings that `setParameter` may change while the server runs. */
export interface Parameters {
  /** Seconds between two sweeps for expired documents. */
  ttlMonitorSleepSecs: number;
  ttlMonitorEnabled: boolean;
}

export const defaultParameters = (): Parameters => ({ ttlMonitorSleepSecs: 60, ttlMonitorEnabled: true });
