import { afterEach, describe, expect, it } from '@jest/globals';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectHttp2, constants } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { appendRequest } from '../../protocol/messages/append.js';
import { batchAppendRequest } from '../../protocol/messages/batch-append.js';
import { readRequest } from '../../protocol/messages/read.js';
import { frame } from '../../transport/message-frames.js';
import { READ_ALL, SUBSCRIPTION } from '../conformance/raw-client.js';
import { ServerUnderTest, newEvent, newStream } from '../conformance/server-under-test.js';

const MUTATIONS = Number(process.env['FRAME_MUTATIONS'] ?? 2000);
const server = new ServerUnderTest();
const STREAMS = '/event_store.client.streams.Streams';
const port = () => server.embedded.port;

/** Whatever happened, other clients are served. */
afterEach(async () => {
  const stream = newStream();
  await server.client.appendToStream(stream, newEvent());
  expect((await Array.fromAsync(server.client.readStream(stream))).length).toBe(1);
});

function openSession(): ClientHttp2Session {
  const session = connectHttp2(`http://127.0.0.1:${port()}`);
  session.setMaxListeners(0);
  session.on('error', () => undefined);
  return session;
}

/** Sends bytes as the body of a call; gives the gRPC status, or undefined when the call was cut off. */
function call(session: ClientHttp2Session, method: string, body: Buffer): Promise<string | undefined> {
  return new Promise((resolve) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': `${STREAMS}/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let status: string | undefined;
    const note = (headers: IncomingHttpHeaders) => {
      const found = headers['grpc-status'];
      if (typeof found === 'string') status = found;
    };
    stream.on('response', note);
    stream.on('trailers', note);
    stream.on('error', () => undefined);
    stream.on('close', () => {
      resolve(status);
    });
    // A mutated read may have become a subscription, which never ends by itself.
    stream.once('data', () => {
      stream.close(constants.NGHTTP2_CANCEL);
    });
    stream.resume();
    stream.end(body);
  });
}

const proposed = {
  id: { string: randomUUID() },
  metadata: { type: 'x', 'content-type': 'application/json' },
  data: Buffer.from('{}'),
};
const target = { streamIdentifier: { streamName: Buffer.from('mutated') }, any: {} };
const samples = [
  { method: 'Read', body: frame(readRequest.encode({ options: READ_ALL })) },
  {
    method: 'Read',
    body: frame(
      readRequest.encode({
        options: { ...SUBSCRIPTION, filter: { eventType: { regex: '^a' }, max: 5, checkpointIntervalMultiplier: 1 } },
      }),
    ),
  },
  {
    method: 'Append',
    body: Buffer.concat([
      frame(appendRequest.encode({ options: target })),
      frame(appendRequest.encode({ proposedMessage: proposed })),
    ]),
  },
  {
    method: 'BatchAppend',
    body: frame(
      batchAppendRequest.encode({
        correlationId: { string: randomUUID() },
        options: target,
        proposedMessages: [proposed],
        isFinal: true,
      }),
    ),
  },
  { method: 'Delete', body: frame(Buffer.from([0x0a, 0x04, 0x0a, 0x02, 0x1a, 0x00])) },
];

function mutate(bytes: Buffer): Buffer {
  const mutated = Buffer.from(bytes);
  for (let times = 1 + randomInt(3); times > 0; times--) mutated[randomInt(mutated.length)] = randomInt(256);
  if (randomInt(4) === 0) return mutated.subarray(0, randomInt(mutated.length));
  return randomInt(8) === 0 ? Buffer.concat([mutated, randomBytes(randomInt(64))]) : mutated;
}

it(
  `S9: ${MUTATIONS} mutated messages never end the server`,
  async () => {
    let session = openSession();
    for (let sent = 0; sent < MUTATIONS; sent += 50) {
      if (session.destroyed) session = openSession();
      const calls = Array.from({ length: 50 }, () => {
        const { method, body } = samples[randomInt(samples.length)] ?? { method: 'Read', body: Buffer.alloc(0) };
        return call(session, method, mutate(body));
      });
      const waited = Promise.all(calls);
      // A subscription that has nothing to tell would be waited for in vain.
      await Promise.race([waited, once(session, 'close'), new Promise((resolve) => setTimeout(resolve, 500))]);
      if (randomInt(10) === 0) session.destroy();
    }
    session.destroy();
  },
  MUTATIONS * 100,
);

it.each(['//', '/\\\\', '//[', 'http://a:b:c/', '*', '/%zz', '/health/live?liveCode=%%'])(
  'S9: HTTP/1.1 with the target %j is answered',
  async (target) => {
    const socket = connect(port(), '127.0.0.1');
    socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    const answer = Buffer.concat(await Array.fromAsync(socket as AsyncIterable<Buffer>)).toString();
    expect(answer).toMatch(/^HTTP\/1\.1 (204|400|404) /);
  },
);

describe('S9: a connection', () => {
  it('of random bytes, or of a broken HTTP/2 session, is dropped', async () => {
    const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    const sockets = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const socket = connect(port(), '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(index % 2 === 0 ? randomBytes(500) : Buffer.concat([preface, randomBytes(500)]));
        return socket;
      }),
    );
    for (const socket of sockets) socket.destroy();
  });

  it('may be one of a thousand that say nothing', async () => {
    const sockets: Socket[] = [];
    for (let index = 0; index < 1000; index++) {
      const socket = connect(port(), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      sockets.push(socket);
    }
    await server.client.appendToStream(newStream(), newEvent());
    for (const socket of sockets) socket.destroy();
  });

  it('may reset thousands of calls', async () => {
    const session = openSession();
    await once(session, 'connect');
    for (let round = 0; round < 50; round++) {
      for (let index = 0; index < 100; index++) {
        const stream = session.request({
          ':method': 'POST',
          ':path': `${STREAMS}/Read`,
          'content-type': 'application/grpc',
        });
        stream.on('error', () => undefined);
        stream.close(constants.NGHTTP2_CANCEL);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    session.destroy();
  });

  it('with headers beyond all measure loses the call, or itself', async () => {
    const session = openSession();
    await once(session, 'connect');
    const stream = session.request({ ':method': 'POST', ':path': `${STREAMS}/Read`, 'x-large': 'x'.repeat(60_000) });
    stream.on('error', () => undefined);
    stream.end();
    await Promise.race([once(stream, 'close'), once(session, 'close')]);
    session.destroy();
  });
});

it('58: memory stays bounded with subscribers that never read', async () => {
  const stream = newStream();
  const large = () => Array.from({ length: 20 }, () => newEvent('large', { text: 'x'.repeat(20_000) }));
  for (let index = 0; index < 40; index++) await server.client.appendToStream(stream, large());
  const sessions = Array.from({ length: 20 }, openSession);
  const body = frame(readRequest.encode({ options: { ...SUBSCRIPTION, noFilter: {} } }));
  const before = process.memoryUsage().arrayBuffers;
  await Promise.all(
    sessions.flatMap((session) =>
      Array.from({ length: 5 }, async () => {
        const silent = session.request({
          ':method': 'POST',
          ':path': `${STREAMS}/Read`,
          'content-type': 'application/grpc',
        });
        silent.on('error', () => undefined);
        silent.pause();
        silent.end(body);
        await once(silent, 'response');
      }),
    ),
  );
  for (let index = 0; index < 20; index++) await server.client.appendToStream(stream, large());
  const grown = process.memoryUsage().arrayBuffers - before;
  for (const session of sessions) session.destroy();
  // A hundred subscribers of 24 MB: a page each is allowed, all that was written to each is not.
  expect(grown).toBeLessThan(400 * 1024 * 1024);
});
