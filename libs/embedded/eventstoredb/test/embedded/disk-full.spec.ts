import { afterAll, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idsOf, rejection } from '../conformance/server-under-test.js';
import { startChildServer } from './child-server.js';

const directory = mkdtempSync(join(tmpdir(), 'eventstoredb-full-'));
const FULL_AT = 4096;
const credentials = { username: 'admin', password: 'changeit' };
/** A limit on the size of files can be lifted from outside on Linux only. */
const itOnLinux: typeof it | (() => undefined) = process.platform === 'linux' ? it : () => undefined;

afterAll(() => {
  rmSync(directory, { recursive: true });
});

const large = () => jsonEvent({ type: 'large', data: { text: 'x'.repeat(100_000) } });

itOnLinux(
  'R7: a full disk refuses appends by either way, reading goes on, and all is well when there is space',
  async () => {
    const server = await startChildServer(directory, FULL_AT);
    const client = EventStoreDBClient.connectionString(server.url);
    const acknowledged: string[] = [];
    const write = async (options: object = {}) => {
      const event = large();
      await client.appendToStream('stream', event, options);
      acknowledged.push(event.id);
    };
    const fill = async () => {
      for (;;) await write();
    };
    const read = async () => idsOf(await Array.fromAsync(client.readStream('stream')));

    expect(await rejection(fill())).toMatchObject({ type: 'unknown' });
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(await rejection(write({ credentials }))).toMatchObject({ type: 'unavailable' });
    expect(await read()).toEqual(acknowledged);

    execFileSync('prlimit', ['--pid', String(server.process.pid), '--fsize=unlimited:']);
    for (let count = 0; count < 100; count++) await write();
    expect(await read()).toEqual(acknowledged);
    await client.dispose();
    await server.kill();

    const again = await startChildServer(directory);
    const reader = EventStoreDBClient.connectionString(again.url);
    expect(idsOf(await Array.fromAsync(reader.readStream('stream')))).toEqual(acknowledged);
    await reader.dispose();
    await again.kill();
  },
  60_000,
);
