import { afterAll, expect, it } from '@jest/globals';
import { EventStoreDBClient, UnavailableError } from '@eventstore/db-client';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newEvent, rejection } from '../conformance/server-under-test.js';
import { follow } from '../conformance/subscriber.js';
import { runMain, startChildServer } from './child-server.js';

const directory = mkdtempSync(join(tmpdir(), 'eventstoredb-program-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

it.each([[['--port', 'x']], [['--port', '70000']], [['--max-append-size', '0']], [['--unknown']], [['surplus']]])(
  'arguments that make no sense end it with usage: %j',
  async (args) => {
    const { code, stderr, stdout } = await runMain(args);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: npm run embedded:eventstoredb');
    expect(stdout).toBe('');
  },
);

it('77: a second process on the same directory is refused in one line, and the first goes on', async () => {
  const first = await startChildServer(directory);
  const second = await runMain(['--port', '0', '--data', directory]);
  expect(second).toEqual({
    code: 1,
    stdout: '',
    stderr: `EventStoreDB (embedded) cannot start: the data directory ${directory} is in use by another process\n`,
  });
  const client = EventStoreDBClient.connectionString(first.url);
  expect((await client.appendToStream('first', newEvent())).success).toBe(true);
  await client.dispose();
  await first.kill();
});

it('62: SIGTERM ends open calls with UNAVAILABLE and the process with 0, and everything is there afterwards', async () => {
  const server = await startChildServer(directory);
  const client = EventStoreDBClient.connectionString(server.url);
  await client.appendToStream('ended', newEvent());
  const subscriber = follow(client.subscribeToAll());
  await subscriber.until('caught-up');
  const exit = once(server.process, 'exit');
  server.process.kill('SIGTERM');
  expect(await rejection(subscriber.until('never'))).toBeInstanceOf(UnavailableError);
  expect(await exit).toEqual([0, null]);
  await client.dispose();
  const again = await startChildServer(directory);
  const reader = EventStoreDBClient.connectionString(again.url);
  expect((await Array.fromAsync(reader.readStream('ended'))).length).toBe(1);
  await reader.dispose();
  await again.kill();
});
