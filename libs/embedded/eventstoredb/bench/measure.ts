/** A ratio to the baseline of the same run, and what it is made of. */
export interface BenchRow {
  readonly name: string;
  readonly ratio: number;
  readonly detail: string;
}

/** How one run went: what was done per second, and the middle latency in milliseconds. */
export interface Run {
  readonly perSecond: number;
  readonly p50: number;
}

/** Does `work` `total` times, with `atOnce` in flight. */
export async function measure(atOnce: number, total: number, work: (lane: number) => Promise<unknown>): Promise<Run> {
  const latencies: number[] = [];
  let begun = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async (_, lane) => {
      while (begun++ < total) {
        const before = performance.now();
        await work(lane);
        latencies.push(performance.now() - before);
      }
    }),
  );
  return { perSecond: (total / (performance.now() - started)) * 1000, p50: median(latencies) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
