import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EventLog } from './storage/event-log.js';

const NANOSECONDS = 1e6;

/** What `/stats` tells. Delays in milliseconds, sizes in bytes. */
export interface Statistics {
  readonly proc: { readonly id: number; readonly mem: number; readonly upTime: number };
  /** How late the thread that serves the network was, since the start or the last reset. */
  readonly eventLoopDelay: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly log: { readonly lastPosition: number };
}

/** Measures from now on; `close` ends that. */
export class StatisticsCollector {
  readonly #delay = monitorEventLoopDelay({ resolution: 5 });

  constructor() {
    this.#delay.enable();
  }

  collect(log: EventLog): Statistics {
    const [p50, p99, max] = [this.#delay.percentile(50), this.#delay.percentile(99), this.#delay.max];
    return {
      proc: { id: process.pid, mem: process.memoryUsage.rss(), upTime: process.uptime() },
      eventLoopDelay: { p50: p50 / NANOSECONDS, p99: p99 / NANOSECONDS, max: max / NANOSECONDS },
      log: { lastPosition: log.lastPosition },
    };
  }

  /** Measures delays anew, for who wants to know those of a certain work. */
  reset(): void {
    this.#delay.reset();
  }

  close(): void {
    this.#delay.disable();
  }
}
