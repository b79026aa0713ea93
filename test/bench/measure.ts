/** One row of the table: a ratio to a baseline of the same run, and what it is made of. */
export interface Row {
  readonly name: string;
  readonly ratio: number;
  readonly detail: string;
}

export type Report = (row: Row) => void;

export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Runs `work` with `atOnce` in flight until `milliseconds` are over. Latencies in milliseconds. */
export async function load(
  atOnce: number,
  milliseconds: number,
  work: (i: number) => Promise<void>,
): Promise<Measured> {
  const latencies: number[] = [];
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() - started < milliseconds) {
        const before = performance.now();
        await work(next++);
        latencies.push(performance.now() - before);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { perSecond: latencies.length / seconds, p50: at(0.5), p99: at(0.99) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Alternates the candidates, so that what the machine does meanwhile meets all of them alike. */
export async function alternate<T extends string>(
  runs: number,
  candidates: Readonly<Record<T, () => Promise<Measured>>>,
): Promise<Readonly<Record<T, readonly Measured[]>>> {
  const names = Object.keys(candidates) as T[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<T, Measured[]>;
  for (let run = 0; run < runs; run++) for (const name of names) results[name].push(await candidates[name]());
  return results;
}
