import { spawn } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Collection } from 'mongodb';
import { Document, encodeDocument, int32 } from '../values/index.js';

/** One line of the table: `ratio` is ours to the do-nothing server (alone: its p50 to what row P10 allows, at most 1). */
export interface BenchRow {
  readonly name: string;
  readonly ratio: number;
  readonly detail: string;
}

interface Doc {
  readonly _id: string;
  readonly [field: string]: unknown;
}
type Work = (collection: Collection<Doc>, n: number) => Promise<unknown>;

const RUNS = 5;
const PAGE_ROWS = 100_000;
const IN_FLIGHT = 64;

const row = (id: string): Doc => ({
  _id: id,
  channel: 'c1',
  contact: 'someone',
  waitingSince: Date.now(),
  text: 'x'.repeat(200),
});

const WORK: readonly { name: string; calls: number; reply: Document; run: Work; durable: boolean }[] = [
  { name: 'insert', calls: 1500, reply: written(1), durable: true, run: (rows, n) => rows.insertOne(row(`i${n}`)) },
  {
    name: 'upsert by id',
    calls: 1500,
    reply: written(1),
    durable: true,
    run: (rows, n) => rows.replaceOne({ _id: `u${n % 700}` }, { ...row(`u${n % 700}`), n }, { upsert: true }),
  },
  {
    name: 'find by id',
    calls: 2000,
    reply: found(1),
    durable: false,
    run: (rows, n) => rows.findOne({ _id: `p${n % PAGE_ROWS}` }),
  },
  {
    name: 'page of 50 by index',
    calls: 400,
    reply: found(50),
    durable: false,
    run: (rows, n) =>
      rows
        .find({ group: n % 100 })
        .sort({ rank: -1 })
        .limit(50)
        .toArray(),
  },
  {
    name: 'bulk of 500',
    calls: 20,
    reply: written(500),
    durable: true,
    run: (rows, n) => rows.insertMany(Array.from({ length: 500 }, (_, k) => row(`b${n}-${k}`))),
  },
];

/** Row P10: the embedded MongoDB against a server that answers a canned reply, by the same driver, and a raw fsync loop. */
export async function benchMongoDB(report: (row: BenchRow) => void): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-mongodb-'));
  const real = await startProcess('real', directory);
  try {
    await fill(real.url);
    const fsync = fsyncMilliseconds(join(directory, 'fsync'));
    let series = 0;
    for (const { name, calls, reply, run, durable } of WORK) {
      const canned = await startProcess('canned', encodeDocument(reply).toString('hex'));
      for (const inFlight of [1, IN_FLIGHT]) {
        const ours: Figures[] = [];
        const nothing: Figures[] = [];
        for (let round = 0; round < RUNS; round++) {
          nothing.push(await measure(canned.url, run, calls, inFlight, ++series * 1_000_000));
          ours.push(await measure(real.url, run, calls, inFlight, ++series * 1_000_000));
        }
        report(inFlight === 1 ? alone(name, ours, nothing, durable ? fsync : 0) : together(name, ours, nothing));
      }
      canned.stop();
    }
  } finally {
    real.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Figures {
  readonly p50: number;
  readonly perSecond: number;
}

function alone(name: string, ours: readonly Figures[], nothing: readonly Figures[], fsync: number): BenchRow {
  const p50 = median(ours.map((run) => run.p50));
  const base = median(nothing.map((run) => run.p50));
  const allowed = 1.25 * base + 1.5 * fsync;
  const detail = `p50 ${p50.toFixed(3)} ms, allowed ${allowed.toFixed(3)} (do-nothing ${base.toFixed(3)}, fsync ${fsync.toFixed(3)})`;
  return { name: `${name}, alone`, ratio: p50 / allowed, detail };
}

function together(name: string, ours: readonly Figures[], nothing: readonly Figures[]): BenchRow {
  const rate = median(ours.map((run) => run.perSecond));
  const base = median(nothing.map((run) => run.perSecond));
  return {
    name: `${name}, ${IN_FLIGHT} in flight`,
    ratio: rate / base,
    detail: `${Math.round(rate)}/s, do-nothing ${Math.round(base)}/s`,
  };
}

async function measure(url: string, run: Work, calls: number, inFlight: number, from: number): Promise<Figures> {
  const client = await new MongoClient(url, { maxPoolSize: inFlight, minPoolSize: inFlight }).connect();
  const rows = client.db('bench').collection<Doc>('rows');
  const times: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < calls) {
      const n = from + next++;
      const begun = performance.now();
      await run(rows, n);
      times.push(performance.now() - begun);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - begun) / 1000;
  await client.close();
  return { p50: median(times), perSecond: calls / seconds };
}

/** 100,000 documents with a compound index, for reads among many. */
async function fill(url: string): Promise<void> {
  const client = await new MongoClient(url).connect();
  const rows = client.db('bench').collection<Doc>('rows');
  await rows.createIndexes([{ key: { group: 1, rank: -1 } }]);
  for (let from = 0; from < PAGE_ROWS; from += 5000) {
    await rows.insertMany(
      Array.from({ length: 5000 }, (_, k) => ({ ...row(`p${from + k}`), group: (from + k) % 100, rank: from + k })),
    );
  }
  await client.close();
}

function fsyncMilliseconds(path: string): number {
  const fd = openSync(path, 'w');
  const times = Array.from({ length: 300 }, () => {
    const begun = performance.now();
    writeSync(fd, Buffer.alloc(4096, 1));
    fdatasyncSync(fd);
    return performance.now() - begun;
  });
  closeSync(fd);
  return median(times);
}

/** Both servers are processes of their own, as built by `npm run build`. */
async function startProcess(kind: 'real' | 'canned', argument: string): Promise<{ url: string; stop(): void }> {
  const built = import.meta.dirname.replace(/(?:[\\/]dist)?([\\/])libs([\\/]embedded)/, '$1dist$1libs$2');
  const program = join(built, 'server-process.js');
  const child = spawn(process.execPath, [program, kind, argument], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of child.stdout) return { url: String(line).trim(), stop: () => child.kill('SIGKILL') };
  throw new Error(`the ${kind} server did not start`);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

function written(n: number): Document {
  return new Document([
    ['n', int32(n)],
    ['nModified', int32(n)],
    ['ok', 1],
  ]);
}

/** The same documents as the real server finds: the client's work on them is part of the baseline. */
function found(count: number): Document {
  const batch = Array.from(
    { length: count },
    (_, n) =>
      new Document([
        ['_id', `p${n}`],
        ['channel', 'c1'],
        ['contact', 'someone'],
        ['waitingSince', Date.now()],
        ['text', 'x'.repeat(200)],
        ['group', int32(n)],
        ['rank', int32(n)],
      ]),
  );
  return new Document([
    [
      'cursor',
      new Document([
        ['firstBatch', batch],
        ['id', 0n],
        ['ns', 'bench.rows'],
      ]),
    ],
    ['ok', 1],
  ]);
}
