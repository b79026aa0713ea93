import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { MongoClient } from 'mongodb';
import { serialize } from 'bson';
import { startMongoDB } from '../index.js';
import type { MongoDBServer } from '../index.js';
import { crc32c } from '../wire/crc32c.js';
import { temporaryDirectory } from './fixture.js';

const MUTATIONS = Number(process.env['FRAME_MUTATIONS'] ?? 2000);
const directory = temporaryDirectory();
let server: MongoDBServer;

beforeAll(async () => {
  server = await startMongoDB({ dataDir: directory.path });
});

afterAll(async () => {
  await server.close();
  directory.remove();
});

function frame(body: object, flags = 0): Buffer {
  const document = serialize(body);
  const bytes = Buffer.concat([Buffer.alloc(21), document]);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(7, 4);
  bytes.writeInt32LE(2013, 12);
  bytes.writeUInt32LE(flags, 16);
  return bytes;
}

/** Sends bytes and ends; answers what comes back until the server closes. */
async function exchange(bytes: Buffer): Promise<Buffer> {
  const socket = connect(server.port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  socket.on('error', () => undefined);
  socket.end(bytes);
  await once(socket, 'close');
  return Buffer.concat(received);
}

it('answers a frame with a right checksum and closes on a wrong one (fact 1)', async () => {
  const ping = frame({ ping: 1, $db: 'admin' }, 1);
  const right = Buffer.concat([ping, Buffer.alloc(4)]);
  right.writeInt32LE(right.length, 0);
  right.writeUInt32LE(crc32c(right.subarray(0, -4)), right.length - 4);
  expect((await exchange(right)).length).toBeGreaterThan(21);
  right[right.length - 1] = (right[right.length - 1] ?? 0) ^ 1;
  expect(await exchange(right)).toEqual(Buffer.alloc(0));
});

it('closes on lengths, opcodes and flags that cannot be (fact 1)', async () => {
  for (const [offset, value] of [
    [0, 5],
    [0, 48_000_001],
    [12, 2012],
    [12, 2004],
    [16, 4],
  ] as const) {
    const bytes = frame({ ping: 1, $db: 'admin' });
    bytes.writeInt32LE(value, offset);
    expect(await exchange(bytes)).toEqual(Buffer.alloc(0));
  }
});

it(
  `survives ${MUTATIONS} mutated frames and still serves (row S9)`,
  async () => {
    const originals = [
      frame({ find: 'c', filter: { a: { $in: [1, 'x', null] } }, $db: 'f' }),
      frame({ insert: 'c', documents: [{ _id: 1, a: [1, { b: 'text' }] }], $db: 'f' }),
      frame({ aggregate: 'c', pipeline: [{ $match: {} }, { $group: { _id: '$a' } }], cursor: {}, $db: 'f' }),
      frame({ update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, upsert: true }], $db: 'f' }),
    ];
    // A fixed sequence, so that a failure can be repeated.
    let seed = 12345;
    const random = (below: number): number => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) % below;
    for (let done = 0; done < MUTATIONS; done += 50) {
      const batch = Array.from({ length: 50 }, () => {
        const bytes = Buffer.from(originals[random(originals.length)] ?? Buffer.alloc(0));
        for (let flips = 1 + random(4); flips > 0; flips--) bytes[random(bytes.length)] = random(256);
        return exchange(random(8) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes);
      });
      await Promise.all(batch);
    }
    const client = await new MongoClient(server.url).connect();
    expect(await client.db('f').command({ ping: 1 })).toEqual({ ok: 1 });
    await client.close();
  },
  120_000 + 20 * MUTATIONS,
);

it('serves 1,000 connections, also beside peers that announce much and send nothing (row S9)', async () => {
  const half = Buffer.alloc(16);
  half.writeInt32LE(48_000_000, 0);
  const silent = await Promise.all(
    Array.from({ length: 1000 }, async () => {
      const socket = connect(server.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(half);
      return socket;
    }),
  );
  const client = await new MongoClient(server.url).connect();
  expect(await client.db('f').command({ ping: 1 })).toEqual({ ok: 1 });
  await client.close();
  for (const socket of silent) socket.destroy();
});

it('goes on answering a hello that may be answered for ever, as drivers watch a server by it (fact 2)', async () => {
  const client = new MongoClient(server.url, { heartbeatFrequencyMS: 500, serverMonitoringMode: 'stream' });
  const failures: string[] = [];
  let awaited = 0;
  client.on('serverHeartbeatFailed', ({ failure }) => failures.push(failure.message));
  client.on('serverHeartbeatSucceeded', () => awaited++);
  await client.db('admin').command({ ping: 1 });
  while (awaited < 4) await new Promise((resolve) => setTimeout(resolve, 50));
  await client.close();
  expect(failures).toEqual([]);
});
