import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventLog } from '../storage/event-log.js';
import type { StoredEvent } from '../storage/events.js';
import { append, newEventId } from './append.js';
import { CommitFailedError, CommitQueue } from './commit-queue.js';
import type { Write } from './commit-queue.js';
import { LiveFeed } from './live-feed.js';
import { StreamStore } from './stream-store.js';

let directory: string;
let log: EventLog;
let queue: CommitQueue;
let published: string[];
let failures: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'commit-queue-'));
  log = new EventLog(directory);
  const feed = new LiveFeed();
  published = [];
  feed.listenToAll((events: readonly StoredEvent[]) => {
    published.push(events.map(({ stream, revision, position }) => `${position}:${revision}@${stream}`).join(' '));
  });
  failures = [];
  queue = new CommitQueue(new StreamStore(log), feed, (failure) => failures.push(failure.message));
});

afterEach(() => {
  log.close();
  rmSync(directory, { recursive: true });
});

const event = (id = newEventId()) => ({
  id,
  type: 't',
  isJson: false,
  metadata: Buffer.alloc(0),
  data: Buffer.alloc(0),
});
const write = (stream: string, id?: Uint8Array): Write => ({
  bytes: 0,
  isWithdrawn: () => false,
  carryOut: (store) => append(store, { stream, expected: 'any', events: [event(id)] }),
});

it('carries out writes in their order, and publishes them in it', async () => {
  const outcomes = await Promise.all([write('a'), write('b'), write('a')].map((one) => queue.submit(one)));
  expect(outcomes).toEqual([
    { kind: 'written', revision: 0, position: 1 },
    { kind: 'written', revision: 0, position: 2 },
    { kind: 'written', revision: 1, position: 3 },
  ]);
  expect(published.join(' ')).toBe('1:0@a 2:0@b 3:1@a');
});

it('decides each write on what the ones before it in the batch have written', async () => {
  const once: Write = {
    ...write('a'),
    carryOut: (store) => append(store, { stream: 'a', expected: 'no_stream', events: [event()] }),
  };
  const outcomes = await Promise.all([queue.submit(once), queue.submit(once)]);
  expect(outcomes).toEqual([
    { kind: 'written', revision: 0, position: 1 },
    { kind: 'wrong-expected-version', current: 0 },
  ]);
});

it('leaves out what was withdrawn', async () => {
  const outcomes = await Promise.all([
    queue.submit({ ...write('a'), isWithdrawn: () => true }),
    queue.submit(write('a')),
  ]);
  expect(outcomes).toEqual(['withdrawn', { kind: 'written', revision: 0, position: 1 }]);
});

it('lets a write that cannot even begin fail alone', async () => {
  const impossible: Write = {
    ...write('a'),
    carryOut: () => {
      throw new Error('impossible');
    },
  };
  const outcomes = await Promise.allSettled([
    queue.submit(write('a')),
    queue.submit(impossible),
    queue.submit(write('a')),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('R7: leaves nothing of a failed commit anywhere, says so, and goes on afterwards', async () => {
  await queue.submit(write('a'));
  const id = newEventId();
  const failing: Write = {
    ...write('a'),
    carryOut: (store) => {
      append(store, { stream: 'a', expected: 'any', events: [event(id)] });
      throw new Error('the disk is full');
    },
  };
  await expect(queue.submit(failing)).rejects.toBeInstanceOf(CommitFailedError);
  expect(published).toEqual(['1:0@a']);
  expect(failures).toEqual(['the log could not be written: Error: the disk is full']);
  expect(await queue.submit(write('a', id))).toEqual({ kind: 'written', revision: 1, position: 2 });
  expect(log.reader.allPage({ from: 1, to: 2, direction: 'forwards' }, { events: 9, bytes: 9 }).length).toBe(2);
});
