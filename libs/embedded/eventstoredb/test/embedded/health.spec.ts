import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ServerUnderTest, idsOf, newEvent, newStream, rejection } from '../conformance/server-under-test.js';

const server = new ServerUnderTest();
const DATA_LOSS = 15;

const health = async () => (await fetch(`http://127.0.0.1:${server.embedded.port}/health/live`)).status;

/** In a process of its own: closing a descriptor of a live database file here would drop the server's locks. */
function damage(text: string): void {
  const script = `
    const fs = require('node:fs');
    const file = fs.openSync(process.argv[1], 'r+');
    fs.writeSync(file, 'X', fs.readFileSync(process.argv[1]).indexOf(process.argv[2]));
  `;
  execFileSync(process.execPath, ['-e', script, join(server.directory, 'events.sqlite'), text]);
}

it('76: an event damaged while the server runs fails its own reads with DATA_LOSS, and the health', async () => {
  const [damaged, intact] = [newStream(), newStream()];
  const canary = randomUUID();
  await server.client.appendToStream(damaged, newEvent('large', { text: `${'x'.repeat(20_000)}${canary}` }));
  const event = newEvent();
  await server.client.appendToStream(intact, event);
  // Everything is in the database file then, and nothing of it in the memory of the server.
  await server.restart();
  expect(await health()).toBe(204);
  damage(canary);
  const read = Array.fromAsync(server.client.readStream(damaged));
  expect(await rejection(read)).toMatchObject({ code: DATA_LOSS });
  expect(await health()).toBe(503);
  expect(idsOf(await Array.fromAsync(server.client.readStream(intact)))).toEqual([event.id]);
});
