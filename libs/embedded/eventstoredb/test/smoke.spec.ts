import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningEventStoreDB } from '../index.js';
import { startEventStoreDB } from '../index.js';
let s: RunningEventStoreDB;
let c: EventStoreDBClient;
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'es-'));
  s = await startEventStoreDB({ dataDir: dir, port: 0 });
  c = EventStoreDBClient.connectionString(s.url);
});
afterAll(async () => {
  await c.dispose();
  await s.close();
  rmSync(dir, { recursive: true });
});
it('appends, reads, subscribes', async () => {
  const r = await c.appendToStream('a', [
    jsonEvent({ type: 't', data: { x: 1 } }),
    jsonEvent({ type: 'u', data: { x: 2 } }),
  ]);
  expect(r.nextExpectedRevision).toBe(1n);
  const got: unknown[] = [];
  for await (const e of c.readStream('a')) got.push(e.event?.data);
  expect(got).toEqual([{ x: 1 }, { x: 2 }]);
  for (let i = 0; i < 5; i++)
    await c.appendToStream(
      'b',
      Array.from({ length: 100 }, (_, k) => jsonEvent({ type: 't', data: { i, k } })),
    );
  let n = 0;
  for await (const e of c.readAll()) if (e.event) n++;
  expect(n).toBe(502);
  let m = 0;
  const sub = c.subscribeToAll({ fromPosition: 'start' });
  setTimeout(() => {
    void c.appendToStream('c', jsonEvent({ type: 'last', data: {} }));
  }, 100);
  for await (const e of sub) {
    m++;
    if (e.event?.type === 'last') break;
  }
  expect(m).toBe(503);
  await c.deleteStream('a');
  await c.tombstoneStream('b');
  await c.setStreamMetadata('c', { maxCount: 3 });
  expect((await c.getStreamMetadata('c')).metadata).toEqual({ maxCount: 3 });
});
