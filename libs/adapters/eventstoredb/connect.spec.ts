import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectEventStoreDB } from '#adapters/eventstoredb';
import type { ConnectedEventStore } from '#adapters/eventstoredb';
import { startEventStoreDB } from '#embedded/eventstoredb';
import { basketCatalogue, createTestKeyRing, testEventStore } from '#event-sourcing-testing';

const given = process.env['EVENTSTOREDB_URL'];
const run = Date.now().toString(36);
const keys = createTestKeyRing();
const opened: ConnectedEventStore[] = [];
let url = given ?? '';
let stop = (): Promise<void> => Promise.resolve();
let streams = 0;

beforeAll(async () => {
  if (given !== undefined) return;
  const dataDir = mkdtempSync(join(tmpdir(), 'ledger-eventstore-'));
  const server = await startEventStoreDB({ dataDir, port: 0 });
  url = server.url;
  stop = async () => {
    await server.close();
    rmSync(dataDir, { recursive: true });
  };
});

afterAll(async () => {
  for (const store of opened) await store.close();
  await stop();
});

function open(catalogue = basketCatalogue): ConnectedEventStore {
  const store = connectEventStoreDB({ url, catalogue, keys });
  opened.push(store);
  return store;
}

testEventStore('EventStoreDB adapter', {
  open: (catalogue) => Promise.resolve(open(catalogue)),
  freshStream: (category) => `${category}-${run}.${streams++}`,
});

describe('EventStoreDB adapter', () => {
  it('says whether the store answers', async () => {
    expect(await open().healthy()).toBe(true);
    const nowhere = connectEventStoreDB({ url: 'esdb://127.0.0.1:1?tls=false', catalogue: basketCatalogue, keys });
    expect(await nowhere.healthy()).toBe(false);
    await nowhere.close();
  });
});
