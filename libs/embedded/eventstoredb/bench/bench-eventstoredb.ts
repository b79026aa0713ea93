import { EventStoreDBClient, START, jsonEvent } from '@eventstore/db-client';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchLongLog } from './bench-long-log.js';
import { measure, median } from './measure.js';
import type { BenchRow, Run } from './measure.js';
import { startProgram } from './program.js';

const RUNS = 5;
const PAYLOAD = 230;
const READ_EVENTS = 20_000;
const APPENDS = { 1: 400, 16: 2000, 64: 4000 } as const;

/**
 * The event store's rows of P10: appends of one event at 1, 16 and 64 in flight, appends of 500 events, a read of $all
 * and a catch-up, each beside the same client against a server that does nothing, and a loop of syncs. Both servers
 * are processes of their own, with warm caches; this process is the driver. Medians of alternating runs.
 */
export async function benchEventStoreDB(report: (row: BenchRow) => void): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-eventstoredb-'));
  const store = await startProgram(new URL('../main.js', import.meta.url), ['--port', '0', '--data', directory]);
  const nothing = await startProgram(new URL('./do-nothing-server.js', import.meta.url), [String(PAYLOAD)]);
  const clients = [store, nothing].map(({ url }) => EventStoreDBClient.connectionString(url)) as [
    EventStoreDBClient,
    EventStoreDBClient,
  ];
  try {
    await appendRows(clients, directory, report);
    await readRows(clients, report);
  } finally {
    // Not waited for: the client does not notice the end of a read that was left with data unread.
    for (const client of clients) void client.dispose();
    await store.stop();
    await nothing.stop();
    rmSync(directory, { recursive: true });
  }
  const long = mkdtempSync(join(tmpdir(), 'bench-eventstoredb-long-'));
  try {
    await benchLongLog(long, report);
  } finally {
    rmSync(long, { recursive: true });
  }
}

async function appendRows(
  clients: readonly [EventStoreDBClient, EventStoreDBClient],
  directory: string,
  report: (row: BenchRow) => void,
) {
  for (const client of clients) await measure(16, 500, append(client));
  for (const atOnce of [1, 16, 64] as const) {
    const syncs: number[] = [];
    const [ours, baseline] = await alternate(clients, (client) => {
      if (client === clients[0]) syncs.push(syncTime(directory));
      return measure(atOnce, APPENDS[atOnce], append(client));
    });
    if (atOnce === 1) {
      const allowed = 1.25 * baseline.p50 + 1.5 * median(syncs);
      report({
        name: 'P10 event store: append, one after another: allowed p50 / p50',
        ratio: allowed / ours.p50,
        detail: `p50 ${ours.p50.toFixed(2)} ms; do-nothing ${baseline.p50.toFixed(2)} ms, fsync ${median(syncs).toFixed(2)} ms; ${ours.perSecond.toFixed(0)}/s`,
      });
    } else {
      report(throughputRow(`append, ${atOnce} in flight`, 'appends', ours, baseline));
    }
  }
  const [ours, baseline] = await alternate(clients, (client) =>
    measure(1, 20, () => client.appendToStream('bulk', Array.from({ length: 500 }, newEvent))),
  );
  report(throughputRow('append of 500 events', 'appends', ours, baseline));
}

async function readRows(clients: readonly [EventStoreDBClient, EventStoreDBClient], report: (row: BenchRow) => void) {
  const [reads, readsOfNothing] = await alternate(clients, (client) =>
    timed(READ_EVENTS, client.readAll({ fromPosition: START, maxCount: READ_EVENTS }), (read) => read.cancel()),
  );
  report(throughputRow('read of $all', 'events', reads, readsOfNothing));
  const [catchUps, catchUpsOfNothing] = await alternate(clients, (client) =>
    timed(READ_EVENTS, client.subscribeToAll({ fromPosition: START }), (subscription) => subscription.unsubscribe()),
  );
  report(throughputRow('catch-up', 'events', catchUps, catchUpsOfNothing));
}

function throughputRow(name: string, unit: string, ours: Run, baseline: Run): BenchRow {
  const detail = `${ours.perSecond.toFixed(0)} ${unit}/s; do-nothing ${baseline.perSecond.toFixed(0)}/s`;
  return {
    name: `P10 event store: ${name}: throughput / do-nothing`,
    ratio: ours.perSecond / baseline.perSecond,
    detail,
  };
}

/** The middle run of each client; taking turns, so that what else the machine does meets both. */
async function alternate(
  clients: readonly EventStoreDBClient[],
  run: (client: EventStoreDBClient) => Promise<Run>,
): Promise<[Run, Run]> {
  const runs: Run[][] = clients.map(() => []);
  for (let round = 0; round < RUNS; round++) {
    for (const [index, client] of clients.entries()) runs[index]?.push(await run(client));
  }
  const middle = (of: Run[] = []) => ({
    perSecond: median(of.map(({ perSecond }) => perSecond)),
    p50: median(of.map(({ p50 }) => p50)),
  });
  return [middle(runs[0]), middle(runs[1])];
}

function newEvent() {
  return jsonEvent({ type: 'written', data: { text: 'x'.repeat(PAYLOAD) } });
}

function append(client: EventStoreDBClient): (lane: number) => Promise<unknown> {
  return (lane) => client.appendToStream(`stream-${lane}`, newEvent());
}

/** How fast events arrive, until there were so many; then `stop` ends what would go on. */
async function timed<Read extends AsyncIterable<unknown>>(
  events: number,
  read: Read,
  stop: (read: Read) => Promise<void>,
): Promise<Run> {
  const started = performance.now();
  let count = 0;
  for await (const event of read) if (event !== undefined && ++count === events) break;
  const perSecond = (count / (performance.now() - started)) * 1000;
  await stop(read);
  return { perSecond, p50: NaN };
}

/** What a write and a sync of one page takes here, in milliseconds. */
function syncTime(directory: string): number {
  const path = join(directory, 'sync-probe');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096);
  const times = Array.from({ length: 50 }, () => {
    const before = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - before;
  });
  closeSync(file);
  rmSync(path);
  return median(times);
}
