import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectEventStoreDB } from '#adapters/eventstoredb';
import type { ConnectedEventStore } from '#adapters/eventstoredb';
import { startEventStoreDB } from '#embedded/eventstoredb';
import type { RunningEventStoreDB } from '#embedded/eventstoredb';
import { StoreUnavailable } from '#event-sourcing';
import { basketCatalogue, collect, createTestKeyRing, itemToAppend } from '#event-sourcing-testing';
import { startCuttingProxy } from './cutting-proxy.fixture.js';
import type { CuttingProxy } from './cutting-proxy.fixture.js';

const keys = createTestKeyRing();
let dataDir: string;
let server: RunningEventStoreDB;
let proxy: CuttingProxy;
let store: ConnectedEventStore;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ledger-lost-'));
  server = await startEventStoreDB({ dataDir, port: 0 });
  proxy = await startCuttingProxy(server.url);
  store = connectEventStoreDB({ url: proxy.url, catalogue: basketCatalogue, keys, silence: 200, patience: 1_500 });
});

afterEach(async () => {
  await store.close();
  await proxy.close();
  await server.close();
  rmSync(dataDir, { recursive: true });
});

/** What of the log a subscription sees until it has seen all of `count` streams. */
async function follow(count: number): Promise<string[]> {
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const { events } of store.subscribe({ after: 'start', signal: stop.signal, categories: ['basket'] })) {
    seen.push(...events.map(({ stream, revision }) => `${stream}@${revision}`));
    if (seen.length >= count) stop.abort();
  }
  return seen;
}

describe('when connections break', () => {
  it('appends are settled: none is lost, none is doubled (R4)', async () => {
    const rounds = 12;
    const atOnce = 40;
    const following = follow(rounds * atOnce);
    for (let round = 0; round < rounds; round++) {
      const appending = Array.from({ length: atOnce }, (_, n) => {
        const number = round * atOnce + n;
        return store.append(`basket-${number}`, [itemToAppend(number)], 'none');
      });
      // Somewhere between the first request and the last answer, another moment in each round.
      for (let turn = 0; turn < round; turn++) await new Promise(setImmediate);
      proxy.cut();
      const appended = await Promise.all(appending);
      expect(appended.map(({ revision }) => revision)).toEqual(appended.map(() => 0));
    }
    const seen = await following;
    const expected = Array.from({ length: rounds * atOnce }, (_, number) => `basket-${number}@0`);
    expect(seen.toSorted()).toEqual(expected.toSorted());
  });

  it('a read goes on where it was', async () => {
    const revisions = Array.from({ length: 500 }, (_, n) => n);
    await store.append(
      'basket-1',
      revisions.map((n) => itemToAppend(n)),
      'none',
    );
    for (let round = 0; round < 10; round++) {
      const reading = collect(store.readStream('basket-1'));
      for (let turn = 0; turn < round; turn++) await new Promise(setImmediate);
      proxy.cut();
      expect((await reading).map(({ revision }) => revision)).toEqual(revisions);
    }
  });

  it('a server that comes back is found again, and a subscription loses nothing', async () => {
    await store.append('basket-1', [itemToAppend(1)], 'none');
    const following = follow(2);
    const { port } = server;
    await server.close();
    const appending = store.append('basket-1', [itemToAppend(2)], 0);
    server = await startEventStoreDB({ dataDir, port });
    expect(await appending).toMatchObject({ revision: 1 });
    expect(await following).toEqual(['basket-1@0', 'basket-1@1']);
  });

  it('a subscription that fell silent is noticed and started again', async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const other = connectEventStoreDB({ url: server.url, catalogue: basketCatalogue, keys });
    let frozen = false;
    for await (const { events, caughtUp } of store.subscribe({ after: 'start', signal: stop.signal })) {
      seen.push(...events.map(({ stream }) => stream));
      if (seen.includes('basket-1')) stop.abort();
      if (!caughtUp || frozen) continue;
      frozen = true;
      proxy.freeze();
      await other.append('basket-1', [itemToAppend(1)], 'none');
      // The connection seems to be there; only a question shows that it is not.
      setTimeout(() => {
        proxy.cut();
      }, 300);
    }
    await other.close();
    expect(seen).toEqual(['basket-1']);
  });

  it('a store that stays away is said to be unavailable', async () => {
    const impatient = connectEventStoreDB({ url: proxy.url, catalogue: basketCatalogue, keys, patience: 100 });
    await server.close();
    proxy.cut();
    const unavailable = [
      impatient.append('basket-1', [itemToAppend(1)], 'none'),
      impatient.tombstone('basket-1', 'any'),
      collect(impatient.readStream('basket-1')),
    ];
    for (const outcome of await Promise.allSettled(unavailable)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    }
    expect(await impatient.healthy()).toBe(false);
    server = await startEventStoreDB({ dataDir, port: server.port });
    await store.append('basket-1', [itemToAppend(1)], 'any');
    expect(await store.healthy()).toBe(true);
    await impatient.close();
  });
});
