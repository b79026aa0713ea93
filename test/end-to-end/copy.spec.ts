import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { startEventStoreDB } from '#embedded/eventstoredb';
import type { RunningEventStoreDB } from '#embedded/eventstoredb';
import { temporaryDirectory } from '../support/system.js';

const root = resolve(import.meta.dirname, '../..');
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let from: RunningEventStoreDB;
let to: RunningEventStoreDB;

beforeAll(async () => {
  directory = await temporaryDirectory();
  from = await startEventStoreDB({ dataDir: join(directory.path, 'from'), port: 0 });
  to = await startEventStoreDB({ dataDir: join(directory.path, 'to'), port: 0 });
});
afterAll(async () => {
  await Promise.all([from.close(), to.close()]);
  await directory.remove();
});

function ledger(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const main = join(root, 'dist/apps/cli/main.js');
  return new Promise((done) => {
    const child = execFile(join(root, 'bin/node'), [main, ...args], (_, stdout, stderr) => {
      done({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

async function write(server: RunningEventStoreDB, count: number): Promise<void> {
  const client = EventStoreDBClient.connectionString(server.url);
  const events = Array.from({ length: count }, (_, index) => jsonEvent({ type: 'written', data: { index } }));
  await client.appendToStream('stream', events);
  await client.dispose();
}

it('ledger copy answers what it copied, and ends with 0, 1 when it is refused, 2 when it is called wrongly', async () => {
  await write(from, 3);
  const first = await ledger('copy', '--from', from.url, '--to', to.url, '--json');
  const report = JSON.parse(first.stdout) as { sha256: string };
  expect(first.code).toBe(0);
  expect(report).toEqual({ events: 3, copied: 3, sha256: report.sha256 });

  const again = await ledger('copy', '--from', from.url, '--to', to.url);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain(`copied 0 of 3 events; source and target have the SHA-256 ${report.sha256}`);

  await write(to, 1);
  const refused = await ledger('copy', '--from', from.url, '--to', to.url, '--json');
  expect([refused.code, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toMatch(
    /^ledger: the target has event .*, which the source has not: copy into an empty server/,
  );

  expect((await ledger('copy', '--from', from.url)).code).toBe(2);
});
