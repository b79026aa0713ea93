import { EventStoreDBClient, START, jsonEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { append, newEventId } from '../semantics/append.js';
import { StreamStore } from '../semantics/stream-store.js';
import { tombstone } from '../semantics/tombstone.js';
import type { Statistics } from '../statistics.js';
import { EventLog } from '../storage/event-log.js';
import type { BenchRow } from './measure.js';
import { startProgram } from './program.js';
import type { Program } from './program.js';

const EVENTS = 1_000_000;
const PER_COMMIT = 5_000;
const PER_APPEND = 10;
const STREAMS = 10_000;
/** One stream in so many is tombstoned, for the scavenge to find. */
const TOMBSTONED = 20;
const PAYLOAD = 230;

const MOST_START = 2_000;
const MOST_GROWTH = 100;
const MOST_DELAY = 50;

/**
 * A log of 1,000,000 events: how long the server takes to start on it, how much its memory grows while all of it is
 * read, and how long its event loop is held up at the 99th percentile meanwhile: by a read, by catch-ups beside
 * appends, by a scavenge.
 */
export async function benchLongLog(directory: string, report: (row: BenchRow) => void): Promise<void> {
  fill(directory);
  const started = performance.now();
  const server = await startProgram(new URL('../main.js', import.meta.url), ['--port', '0', '--data', directory]);
  const took = performance.now() - started;
  const client = EventStoreDBClient.connectionString(server.url);
  const limited = (name: string, most: number, found: number, unit: string) => {
    const detail = `${found.toFixed(0)} ${unit}, allowed ${most}`;
    report({ name: `event store, ${EVENTS} events: ${name}`, ratio: most / found, detail });
  };
  try {
    limited('P9 start', MOST_START, took, 'ms');
    await count(client.readAll({ maxCount: 1_000 }), 1_000);
    const { memory: before } = await measured(server);
    await count(client.readAll(), EVENTS);
    const reading = await measured(server);
    limited('growth of memory by reading all', MOST_GROWTH, reading.memory - before, 'MiB');
    limited('event-loop delay p99, reading all', MOST_DELAY, reading.delay, 'ms');
    const catchUps = Array.from({ length: 3 }, () => count(client.subscribeToAll({ fromPosition: START }), EVENTS / 2));
    await writeUntil(client, Promise.all(catchUps));
    const catchingUp = await measured(server);
    limited('event-loop delay p99, catch-ups beside appends', MOST_DELAY, catchingUp.delay, 'ms');
    await writeUntil(client, scavenge(server));
    const scavenging = await measured(server);
    limited('event-loop delay p99, scavenge beside appends', MOST_DELAY, scavenging.delay, 'ms');
  } finally {
    void client.dispose();
    await server.stop();
  }
}

/** Without the network: the client would take a minute. */
function fill(directory: string): void {
  const log = new EventLog(directory);
  const store = new StreamStore(log);
  const data = Buffer.from(JSON.stringify({ text: 'x'.repeat(PAYLOAD) }));
  const metadata = Buffer.from('{}');
  for (let written = 0; written < EVENTS; written += PER_COMMIT) {
    store.transaction(() => {
      for (let index = 0; index < PER_COMMIT; index += PER_APPEND) {
        const event = () => ({ id: newEventId(), type: 'written', isJson: true, metadata, data });
        const stream = `stream-${((written + index) / PER_APPEND) % STREAMS}`;
        append(store, { stream, expected: 'any', events: Array.from({ length: PER_APPEND }, event) });
      }
    });
    log.checkpoint();
  }
  for (let stream = 0; stream < STREAMS; stream += TOMBSTONED)
    store.transaction(() => tombstone(store, { stream: `stream-${stream}`, expected: 'any' }));
  log.close();
}

async function count(events: AsyncIterable<unknown>, until: number): Promise<void> {
  let found = 0;
  for await (const event of events) if (event !== undefined && ++found === until) return;
}

/** Appends as fast as they are answered, sixteen at once, until the other work is done. */
async function writeUntil(client: EventStoreDBClient, work: Promise<unknown>): Promise<void> {
  const state = { isDone: false };
  void work.finally(() => (state.isDone = true));
  const event = () => jsonEvent({ type: 'written', data: { text: randomUUID() } });
  const write = async (lane: number) => {
    while (!state.isDone) await client.appendToStream(`lane-${lane}`, event());
  };
  await Promise.all([work, ...Array.from({ length: 16 }, (_, lane) => write(lane))]);
}

/** Resident memory in MiB, and how late the event loop was since the last time this was asked, in milliseconds. */
async function measured(server: Program) {
  const { proc, eventLoopDelay } = await statisticsOf(server, '?reset');
  return { memory: proc.mem / 1024 ** 2, delay: eventLoopDelay.p99 };
}

async function statisticsOf({ url }: Program, query = ''): Promise<Statistics> {
  const answer = await fetch(new URL(`/stats${query}`, url.replace('esdb:', 'http:')));
  return (await answer.json()) as Statistics;
}

/** As an operator would; waits until it has completed. */
async function scavenge({ url }: Program): Promise<void> {
  const admin = url.replace('esdb:', 'http:').replace(/[?].*/, '/admin/scavenge');
  await fetch(admin, { method: 'POST' });
  for (;;) {
    await setTimeout(200);
    const last = (await (await fetch(`${admin}/last`)).json()) as { scavengeResult: string };
    if (last.scavengeResult !== 'InProgress') return;
  }
}
