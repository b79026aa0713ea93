import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { append, newEventId } from '../semantics/append.js';
import { planStreamRead } from '../semantics/read-stream.js';
import { StreamStore } from '../semantics/stream-store.js';
import { EventLog } from './event-log.js';
import { LostSyncError, WalSync } from './wal-sync.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'eventstoredb-sync-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

it('75: what is committed and not yet on disk is in no read', async () => {
  const log = new EventLog(directory);
  const store = new StreamStore(log);
  const none = Buffer.alloc(0);
  const write = () => {
    const event = { id: newEventId(), type: 'written', isJson: false, metadata: none, data: none };
    return store.commit(() => append(store, { stream: 'stream', expected: 'any', events: [event] }));
  };
  const request = { stream: 'stream', direction: 'forwards', from: 'start', count: 9, resolveLinks: false } as const;
  const readable = () => {
    const plan = planStreamRead(log, request);
    return plan === 'not-found' ? plan : plan.to;
  };
  write();
  expect([log.lastPosition, readable()]).toEqual([0, 'not-found']);
  await log.sync();
  expect([log.lastPosition, readable()]).toEqual([1, 0]);
  write();
  expect([log.lastPosition, readable()]).toEqual([1, 0]);
  log.syncNow();
  expect([log.lastPosition, readable()]).toEqual([2, 1]);
  log.close();
});

it('74: after a failed sync every later one fails, because nobody knows what was lost', async () => {
  const sync = new WalSync(join(directory, 'wal'));
  sync.syncNow();
  await sync.sync();
  sync.close();
  // The descriptor is gone: the operating system refuses.
  expect(() => {
    sync.syncNow();
  }).toThrow(LostSyncError);
  await expect(sync.sync()).rejects.toThrow(LostSyncError);
  expect(() => {
    sync.requireIntact();
  }).toThrow(LostSyncError);
});
