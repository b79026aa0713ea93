import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { append, newEventId } from '../semantics/append.js';
import { softDelete } from '../semantics/delete.js';
import { StreamStore } from '../semantics/stream-store.js';
import { tombstone } from '../semantics/tombstone.js';
import { openForReading } from './connection.js';
import { DamagedStoreError } from './damage.js';
import { EventLog } from './event-log.js';
import { verifyContents, verifyStructure } from './verification.js';

/** Half of them on a store that was stopped, half on one that was killed. */
const TRIALS = Number(process.env['DAMAGE_FLIPS'] ?? 100) / 2;
const root = mkdtempSync(join(tmpdir(), 'eventstoredb-damage-'));
const PAGE = { events: 1000, bytes: Infinity };

afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A log with everything in it: streams of all sizes, large events, metadata, deletions, and what a scavenge leaves. */
function fill(log: EventLog): void {
  const store = new StreamStore(log);
  const write = (stream: string, count: number, size: number) => {
    const event = () => ({
      id: newEventId(),
      type: 'written',
      isJson: false,
      metadata: Buffer.from('m'),
      data: Buffer.alloc(size, stream),
    });
    store.transaction(() => append(store, { stream, expected: 'any', events: Array.from({ length: count }, event) }));
  };
  for (let index = 0; index < 40; index++) write(`stream-${index}`, 1 + (index % 9), 10 + index * 7);
  write('large', 3, 20_000);
  store.transaction(() => softDelete(store, { stream: 'stream-8', expected: 'any' }));
  store.transaction(() => tombstone(store, { stream: 'stream-17', expected: 'any' }));
  store.transaction(() => log.removeBefore('stream-17', 9, PAGE));
  store.transaction(() => log.removeBefore('stream-35', 4, PAGE));
  write('last', 1, 10);
}

/** Everything that can be read, as the server would read it; verified first, as the server does when it starts. */
function readEverything(directory: string): string {
  const log = new EventLog(directory);
  const db = openForReading(directory);
  try {
    verifyStructure(db);
    Array.from(verifyContents(log.reader));
    const heads = Array.from({ length: 40 }, (_, index) => log.head(`stream-${index}`)).concat(
      log.head('large'),
      log.head('last'),
    );
    const streams = heads.map((head) => {
      if (!head) return 'missing';
      return log.reader.streamPage(
        head,
        { from: head.firstRevision, to: head.lastRevision, direction: 'forwards' },
        PAGE,
      );
    });
    const all = log.reader.allPage({ from: 1, to: log.lastPosition, direction: 'forwards' }, PAGE);
    return JSON.stringify([heads, streams, all]);
  } finally {
    db.close();
    log.close();
  }
}

/** One flipped bit, or a lost end, somewhere in one of the files. */
function damage(directory: string): string {
  const files = readdirSync(directory).filter((name) => !name.endsWith('-shm'));
  const name = files[randomInt(files.length)] ?? '';
  const bytes = readFileSync(join(directory, name));
  const at = randomInt(bytes.length);
  if (randomInt(4) === 0) {
    writeFileSync(join(directory, name), bytes.subarray(0, at));
    return `${name} cut at ${at}`;
  }
  bytes[at] = (bytes[at] ?? 0) ^ (1 << randomInt(8));
  writeFileSync(join(directory, name), bytes);
  return `${name} flipped at ${at}`;
}

describe.each([{ store: 'stopped' }, { store: 'killed' }])('R6: a store that was $store', ({ store }) => {
  const original = join(root, store);
  let expected: string;

  beforeAll(() => {
    const log = new EventLog(original);
    fill(log);
    if (store === 'killed') {
      const live = `${original}-live`;
      // In a process of its own: closing a descriptor of a live database file here would drop its locks.
      execFileSync('cp', ['-r', original, live]);
      log.close();
      rmSync(original, { recursive: true });
      cpSync(live, original, { recursive: true });
    } else {
      log.close();
    }
    const intact = `${original}-intact`;
    cpSync(original, intact, { recursive: true });
    expected = readEverything(intact);
  });

  it('is read completely when it is intact', () => {
    expect(expected).not.toContain('missing');
    expect(expected.length).toBeGreaterThan(100_000);
  });

  it(`with one damage is told as damaged or read completely, ${TRIALS} times`, () => {
    let detected = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const copy = join(root, `${store}-${trial}`);
      cpSync(original, copy, { recursive: true });
      const what = damage(copy);
      try {
        expect([what, readEverything(copy) === expected]).toEqual([what, true]);
      } catch (error) {
        if (!(error instanceof DamagedStoreError)) throw new Error(`${what}: ${String(error)}`, { cause: error });
        expect(error.message).not.toBe('');
        detected++;
      }
      rmSync(copy, { recursive: true });
    }
    expect(detected).toBeGreaterThan(0);
  });
});
