import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StreamDeletedError, WrongExpectedVersionError } from '@eventstore/db-client';
import { once } from 'node:events';
import { connect } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { readRequest, readResponse } from '../../protocol/messages/read.js';
import { FrameReader, frame } from '../../transport/message-frames.js';
import { ServerUnderTest, itIsOurs, newEvent, newEvents, newStream, rejection } from './server-under-test.js';

const server = new ServerUnderTest();
const address = () => server.url.replace('esdb:', 'http:').replace(/[?].*/, '');
const STREAMS = '/event_store.client.streams.Streams';
let session: ClientHttp2Session;

beforeAll(async () => {
  session = connect(address());
  await once(session, 'connect');
});

afterAll(() => {
  session.close();
});

/** One call without any gRPC library: everything that came back. */
async function call(path: string, messages: readonly Uint8Array[], headers: OutgoingHttpHeaders = {}) {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  const [response, trailers] = [
    Promise.withResolvers<IncomingHttpHeaders>(),
    Promise.withResolvers<IncomingHttpHeaders>(),
  ];
  stream.once('response', (head) => {
    response.resolve(head);
    // Without a body, the trailers are the head.
    if (head['grpc-status'] !== undefined) trailers.resolve(head);
  });
  stream.once('trailers', trailers.resolve);
  for (const message of messages) stream.write(frame(message));
  stream.end();
  const body = Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>));
  return { head: await response.promise, trailers: await trailers.promise, body };
}

const readOf = (stream: string) =>
  readRequest.encode({
    options: {
      stream: { streamIdentifier: { streamName: Buffer.from(stream) }, start: {} },
      count: 10,
      noFilter: {},
      uuidOption: { string: {} },
    },
  });

describe('1: HTTP/2 without TLS and without an upgrade', () => {
  it('takes what clients send along, and does not ask for credentials', async () => {
    const stream = newStream();
    await server.client.appendToStream(stream, newEvent());
    const { trailers } = await call(`${STREAMS}/Read`, [readOf(stream)], {
      'connection-name': 'name',
      'requires-leader': 'true',
      authorization: `Basic ${Buffer.from('nobody:nothing').toString('base64')}`,
      'grpc-accept-encoding': 'identity,deflate,gzip',
      'user-agent': 'grpc-node-js/1.14.7',
    });
    expect(trailers['grpc-status']).toBe('0');
  });

  itIsOurs('drops who begins with TLS', async () => {
    const { hostname, port } = new URL(address());
    const socket = connectTcp(Number(port), hostname);
    socket.write(Buffer.from('16030100c8010000c40303', 'hex'));
    await once(socket.resume(), 'close');
    expect(socket.bytesRead).toBe(0);
  });
});

describe('2: a response', () => {
  it('is status 200 and frames of flag and length, with the status of the call in the trailers', async () => {
    const stream = newStream();
    const events = newEvents(2);
    await server.client.appendToStream(stream, events);
    const { head, body, trailers } = await call(`${STREAMS}/Read`, [readOf(stream)]);
    expect([head[':status'], head['content-type']]).toEqual([200, 'application/grpc']);
    const first = body.readUInt32BE(1);
    expect([body[0], body[5 + first]]).toEqual([0, 0]);
    expect(10 + first + body.readUInt32BE(6 + first)).toBe(body.length);
    expect(trailers['grpc-status']).toBe('0');
  });

  it('of an error has its message percent-encoded, and its details as trailers', async () => {
    const stream = `${newStream()} ü%`;
    await server.client.tombstoneStream(stream);
    const { trailers } = await call(`${STREAMS}/Read`, [readOf(stream)]);
    expect([trailers['grpc-status'], trailers['exception']]).toEqual(['9', 'stream-deleted']);
    expect(decodeURIComponent(String(trailers['grpc-message']))).toContain(stream);
    expect(trailers['grpc-message']).toMatch(/^[\x20-\x7e]*$/);
  });

  itIsOurs('10 (section): of an error about a stream with an endless name still has its class', async () => {
    for (const name of ['x'.repeat(40_000), 'ü'.repeat(20_000)]) {
      const stream = `${newStream()}${name}`;
      await server.client.appendToStream(stream, newEvent());
      const wrong = await rejection(server.client.deleteStream(stream, { expectedRevision: 7n }));
      expect(wrong).toBeInstanceOf(WrongExpectedVersionError);
      await server.client.tombstoneStream(stream);
      expect(await rejection(Array.fromAsync(server.client.readStream(stream)))).toBeInstanceOf(StreamDeletedError);
    }
  });

  it('11: to a method that is not there has no body', async () => {
    const { head, body } = await call('/event_store.client.streams.Streams/NoSuchMethod', []);
    expect([head[':status'], head['grpc-status'], body.length]).toEqual([200, '12', 0]);
  });
});

it('6: HTTP/1.1 and HTTP/2 come to the same port, however few bytes come at once', async () => {
  const { hostname, port } = new URL(address());
  const socket = connectTcp(Number(port), hostname).setNoDelay(true);
  await once(socket, 'connect');
  for (const part of ['G', 'ET /hea', 'lth/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n']) {
    await new Promise((resolve) => socket.write(part, resolve));
    await new Promise(setImmediate);
  }
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 204 /);
  socket.destroy();
});

it('12: a client keeps its channel through every error that is its own fault', async () => {
  const client = server.client;
  const stream = newStream();
  await client.appendToStream(stream, newEvent());
  // eslint-disable-next-line @typescript-eslint/dot-notation -- protected: there is no other way to see the channel
  const channel = () => client['getChannel']();
  const before = await channel();
  await rejection(Array.fromAsync(client.readStream(newStream())));
  await rejection(client.appendToStream(stream, newEvent(), { expectedRevision: 7n }));
  await rejection(client.deleteStream(stream, { expectedRevision: 7n }));
  await rejection(client.createProjection('p', 'fromAll()'));
  await client.tombstoneStream(stream);
  await rejection(client.appendToStream(stream, newEvent()));
  await rejection(Array.fromAsync(client.readStream(stream)));
  expect(await channel()).toBe(before);
});

it('24: a client that names credentials is admin like everybody', async () => {
  const stream = newStream();
  const credentials = { username: 'nobody', password: 'nothing' };
  await server.client.setStreamMetadata(stream, { acl: { writeRoles: ['somebody'], readRoles: ['somebody'] } });
  expect((await server.client.appendToStream(stream, newEvent(), { credentials })).success).toBe(true);
  expect(await Array.fromAsync(server.client.readStream(stream, { credentials }))).toHaveLength(1);
});

itIsOurs('51: first and last positions are never told, also to who asks for them', async () => {
  const stream = newStream();
  await server.client.appendToStream(stream, newEvents(3));
  const options = readOf(stream).subarray(2);
  const compatibility = [0x6a, 2, 0x08, 1];
  const { body, trailers } = await call(`${STREAMS}/Read`, [
    Uint8Array.of(0x0a, options.length + compatibility.length, ...options, ...compatibility),
  ]);
  const events = new FrameReader(body.length).push(body).map((message) => readResponse.decode(message).event);
  expect(events.map((event) => event !== undefined)).toEqual([true, true, true]);
  expect(trailers['grpc-status']).toBe('0');
});
