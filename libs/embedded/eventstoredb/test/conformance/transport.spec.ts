import { describe, expect, it } from '@jest/globals';
import {
  EventStoreDBClient,
  UnsupportedError,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { appendRequest } from '../../protocol/messages/append.js';
import type { BatchAppendRequest, BatchAppendResponse } from '../../protocol/messages/batch-append.js';
import { empty } from '../../protocol/messages/codec.js';
import { clusterInfo, supportedMethods } from '../../protocol/messages/node.js';
import { FILTERED, READ_ALL, RawClient, SUBSCRIPTION, readError } from './raw-client.js';
import { ServerUnderTest, idsOf, itIsOurs, newEvent, newEvents, newStream, rejection } from './server-under-test.js';

const server = new ServerUnderTest();
const raw = new RawClient(server);
const http = (path: string, init?: RequestInit) =>
  fetch(server.url.replace('esdb:', 'http:').replace('?tls=false', path), init);
const identifier = (stream: string) => ({ streamName: Buffer.from(stream) });

describe('6, 7: over HTTP/1.1 on the same port', () => {
  it('/health/live tells that it lives, in the way that is wanted', async () => {
    expect((await http('/health/live')).status).toBe(204);
    expect((await http('/health/live?liveCode=200', { method: 'HEAD' })).status).toBe(200);
    expect((await http('/health/live', { method: 'POST' })).status).toBe(405);
  });

  it('/info, /gossip and /stats tell about the node', async () => {
    expect(await (await http('/info')).json()).toMatchObject({
      esVersion: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
      state: 'leader',
    });
    expect(await (await http('/gossip')).json()).toMatchObject({ members: [{ state: 'Leader', isAlive: true }] });
    expect((await http('/stats')).status).toBe(200);
  });

  it('/ping answers in the words that clients compare', async () => {
    expect(await (await http('/ping')).json()).toMatchObject({ text: 'Ping request successfully handled' });
  });

  itIsOurs('everything else is not there', async () => {
    expect((await http('/streams/x')).status).toBe(404);
    expect((await http('/subscriptions')).status).toBe(404);
  });
});

it('8: the methods that are there are listed', async () => {
  const path = '/event_store.client.server_features.ServerFeatures/GetSupportedMethods';
  const { methods, eventStoreServerVersion } = await raw.unary(path, empty, supportedMethods, {});
  expect(eventStoreServerVersion).toMatch(/^\d+\.\d+\.\d+$/);
  const names = methods.map(({ serviceName, methodName }) => `${serviceName}/${methodName}`);
  for (const name of ['read', 'append', 'batchappend', 'delete', 'tombstone']) {
    expect(names).toContain(`event_store.client.streams.streams/${name}`);
  }
});

describe('9: gossip', () => {
  it('tells of a leader that is alive', async () => {
    const { members } = await raw.unary('/event_store.client.gossip.Gossip/Read', empty, clusterInfo, {});
    expect(members).toMatchObject([{ state: 8, isAlive: true }]);
  });

  it.each(['leader', 'follower', 'random', 'readOnlyReplica'])(
    'lets a client find the node that prefers a %s',
    async (preference) => {
      const discover = server.url.replace('esdb:', 'esdb+discover:');
      const client = EventStoreDBClient.connectionString(`${discover}&nodePreference=${preference}`);
      expect((await client.appendToStream(newStream(), newEvent())).success).toBe(true);
      await client.dispose();
    },
  );
});

describe('11, 13 (section): what is not there', () => {
  itIsOurs('is answered UNIMPLEMENTED', async () => {
    const create = server.client.createPersistentSubscriptionToStream(
      newStream(),
      'group',
      persistentSubscriptionToStreamSettingsFromDefaults(),
    );
    expect(await rejection(create)).toMatchObject({ type: 'unknown', code: 12 });
    expect(await rejection(server.client.createProjection('p', 'fromAll()'))).toMatchObject({ code: 12 });
    expect(await rejection(raw.unary('/no.such.Service/Method', empty, empty, {}))).toMatchObject({ code: 12 });
  });

  itIsOurs('is not listed, so that the client refuses it by itself', async () => {
    const create = server.client.createPersistentSubscriptionToAll(
      'group',
      persistentSubscriptionToAllSettingsFromDefaults(),
    );
    expect(await rejection(create)).toBeInstanceOf(UnsupportedError);
  });
});

it('4: keep-alive pings are answered and never punished, however many', async () => {
  const session = connect(server.url.replace('esdb:', 'http:').replace('?tls=false', ''));
  await once(session, 'connect');
  const goaways: number[] = [];
  session.on('goaway', (code: number) => goaways.push(code));
  for (let index = 0; index < 500; index++) {
    await new Promise<void>((resolve, reject) => {
      session.ping((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
  session.close();
  expect(goaways).toEqual([]);
});

it('5: more than a hundred calls can be open on one connection', async () => {
  const calls = Array.from({ length: 300 }, () => raw.openRead({ ...SUBSCRIPTION, noFilter: {} }));
  await Promise.all(calls.map((call) => new Promise((resolve) => call.once('data', resolve))));
  expect((await raw.read({ ...READ_ALL, count: 1 })).length).toBeLessThanOrEqual(1);
  for (const call of calls) call.on('error', () => undefined).cancel();
});

describe('49: a read that cannot be is refused', () => {
  it.each([
    ['without a source', { count: 1, noFilter: {}, uuidOption: { string: {} } }],
    ['without a count', { all: { start: {} }, noFilter: {}, uuidOption: { string: {} } }],
    ['without a word on filters', FILTERED],
    ['30: without a form for ids', { all: { start: {} }, count: 1, noFilter: {} }],
    [
      'of a stream with a filter',
      {
        ...FILTERED,
        all: undefined,
        stream: { streamIdentifier: identifier('x'), start: {} },
        filter: { eventType: { prefix: ['x'] }, count: {} },
      },
    ],
    [
      'of a stream without a name',
      { ...READ_ALL, all: undefined, stream: { streamIdentifier: identifier(''), start: {} } },
    ],
    ['as a subscription backwards', { ...SUBSCRIPTION, noFilter: {}, readDirection: 1 }],
    [
      '59: as a subscription with an interval of 0',
      { ...SUBSCRIPTION, filter: { eventType: { prefix: ['x'] }, max: 1, checkpointIntervalMultiplier: 0 } },
    ],
    ['with a commit before the prepare', { ...READ_ALL, all: { position: { commitPosition: 1, preparePosition: 2 } } }],
  ])('%s', async (_, options) => {
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    itIsRefused(await readError(raw, given));
  });

  const itIsRefused = (error: { code: number }) => {
    expect(error.code).toBe(3);
  };
});

it('30: ids come in the form that was asked for', async () => {
  const stream = newStream();
  const event = newEvent();
  await server.client.appendToStream(stream, event);
  const read = { count: 1, noFilter: {}, stream: { streamIdentifier: identifier(stream), start: {} } };
  const [asText] = await raw.read({ ...read, uuidOption: { string: {} } });
  const [structured] = await raw.read({ ...read, uuidOption: { structured: {} } });
  const bytes = Buffer.from(event.id.replaceAll('-', ''), 'hex');
  expect(asText?.event?.event?.id.string).toBe(event.id);
  expect(structured?.event?.event?.id.structured).toEqual({
    mostSignificantBits: bytes.readBigInt64BE(0),
    leastSignificantBits: bytes.readBigInt64BE(8),
  });
});

describe('20: by Append', () => {
  const options = (stream: string) => ({ options: { streamIdentifier: identifier(stream), any: {} } });
  const event = (metadata: Record<string, string>, id: string = randomUUID()) => ({
    proposedMessage: { id: { string: id }, metadata, data: Buffer.from('x') },
  });
  const send = (...messages: Parameters<typeof appendRequest.encode>[0][]) =>
    raw.clientStream('/event_store.client.streams.Streams/Append', appendRequest, messages);

  it.each([{}, { type: 'x' }, { 'content-type': 'application/json' }])(
    'an event with metadata %j only is refused',
    async (metadata) => {
      const { code, trailers } = await send(options(newStream()), event(metadata));
      expect(code).toBe(3);
      expect(trailers.get('exception')).toEqual(['missing-required-metadata-property']);
      expect(trailers.get('required-metadata-properties')).toEqual(['type,content-type']);
    },
  );

  itIsOurs('an empty type, a zero or broken id, and an empty stream name are refused', async () => {
    const good = { type: 'x', 'content-type': 'application/json' };
    expect((await send(options(newStream()), event({ ...good, type: '' }))).code).toBe(3);
    expect((await send(options(newStream()), event(good, '00000000-0000-0000-0000-000000000000'))).code).toBe(3);
    expect((await send(options(newStream()), event(good, 'not-an-id'))).code).toBe(3);
    expect((await send(options(''), event(good))).code).toBe(3);
    expect((await send({ options: { streamIdentifier: identifier(newStream()) } }, event(good))).code).toBe(3);
    expect((await send(event(good))).code).toBe(3);
    expect((await send()).code).toBe(3);
  });
});

describe('15: by BatchAppend', () => {
  const proposed = () => ({
    id: { string: randomUUID() },
    metadata: { type: 'x', 'content-type': 'application/json' },
    data: Buffer.from('{}'),
  });
  const request = (stream: string, more: Partial<BatchAppendRequest> = {}): BatchAppendRequest => ({
    correlationId: { string: randomUUID() },
    options: { streamIdentifier: identifier(stream), any: {} },
    proposedMessages: [proposed()],
    isFinal: true,
    ...more,
  });
  /** Sends everything, closes, and gives all replies. */
  const exchange = async (...requests: BatchAppendRequest[]): Promise<BatchAppendResponse[]> => {
    const call = raw.openBatchAppend();
    for (const message of requests) call.write(message);
    call.end();
    return (await Array.fromAsync(call)) as BatchAppendResponse[];
  };
  const errorOf = (response: BatchAppendResponse | undefined) => [
    response?.error?.code,
    response?.error?.message,
    response?.error?.details.typeUrl,
  ];

  it('each append has one reply, with its correlation id and stream, and the call ends with OK', async () => {
    const requests = Array.from({ length: 50 }, (_, index) => request(newStream(`batch-${index}`)));
    const replies = await exchange(...requests);
    const asked = requests.map(({ correlationId, options }) => [
      correlationId?.string,
      String(options?.streamIdentifier?.streamName),
    ]);
    const answered = replies.map(({ correlationId, streamIdentifier }) => [
      correlationId?.string,
      String(streamIdentifier.streamName),
    ]);
    expect(answered.toSorted()).toEqual(asked.toSorted());
    expect(replies.every(({ success }) => success?.currentRevision === 0n)).toBe(true);
  });

  it('16: chunks of several appends may be mixed', async () => {
    const [one, two] = [newStream(), newStream()];
    const [first, second] = [request(one, { isFinal: false }), request(two, { isFinal: false, proposedMessages: [] })];
    const more = ({ correlationId }: BatchAppendRequest, isFinal: boolean): BatchAppendRequest => ({
      ...(correlationId && { correlationId }),
      proposedMessages: [proposed()],
      isFinal,
    });
    const replies = await exchange(first, second, more(second, false), more(first, true), more(second, true));
    expect(replies.map(({ success }) => success?.currentRevision)).toEqual([1n, 1n]);
  });

  it('16: messages of an append that was never begun are ignored', async () => {
    const stray: BatchAppendRequest = {
      correlationId: { string: randomUUID() },
      proposedMessages: [proposed()],
      isFinal: true,
    };
    const real = request(newStream());
    const replies = await exchange(stray, real);
    expect(replies.map(({ correlationId }) => correlationId)).toEqual(
      [real.correlationId].map((id) => expect.objectContaining(id ?? {})),
    );
  });

  it('17: an append whose deadline is over is a timeout, and nothing is written', async () => {
    const stream = newStream();
    const deadlineTimestamp = { seconds: Math.floor(Date.now() / 1000) - 10, nanos: 0 };
    const [reply] = await exchange(
      request(stream, { options: { streamIdentifier: identifier(stream), any: {}, deadlineTimestamp } }),
    );
    expect(errorOf(reply)).toEqual([4, 'Timeout', 'type.googleapis.com/event_store.client.Timeout']);
    expect(await rejection(Array.fromAsync(server.client.readStream(stream)))).toMatchObject({
      type: 'stream-not-found',
    });
  });

  it('17: an append whose end does not come in time is a timeout, and nothing is written', async () => {
    const stream = newStream();
    const options = { streamIdentifier: identifier(stream), any: {}, deadline: { seconds: 0, nanos: 50_000_000 } };
    const call = raw.openBatchAppend();
    call.write(request(stream, { options, isFinal: false }));
    const reply = await new Promise<BatchAppendResponse>((resolve) => call.once('data', resolve));
    call.end();
    expect(errorOf(reply)).toEqual([4, 'Timeout', 'type.googleapis.com/event_store.client.Timeout']);
    expect(await rejection(Array.fromAsync(server.client.readStream(stream)))).toMatchObject({
      type: 'stream-not-found',
    });
  });

  itIsOurs('13, 20: what cannot be written is a bad request', async () => {
    const bad = ['', '$$'].map((stream) => request(stream));
    const without = request(newStream(), { options: { streamIdentifier: identifier(newStream()) } });
    const untyped = request(newStream(), { proposedMessages: [{ ...proposed(), metadata: {} }] });
    for (const reply of await exchange(...bad, without, untyped)) {
      expect(errorOf(reply)).toEqual([3, 'BadRequest', 'type.googleapis.com/event_store.client.BadRequest']);
    }
  });

  it('3: a message of 16 MiB is told to be too large an append, and the call lives on', async () => {
    const large = request(newStream(), { proposedMessages: [{ ...proposed(), data: Buffer.alloc(16 * 1024 * 1024) }] });
    const [first, second] = await exchange(large, request(newStream()));
    expect(errorOf(first)).toEqual([
      3,
      'MaximumAppendSizeExceeded',
      'type.googleapis.com/event_store.client.MaximumAppendSizeExceeded',
    ]);
    expect(second?.success?.currentRevision).toBe(0n);
  });
});

it('18: an append that was cancelled before its end is not written', async () => {
  const stream = newStream();
  const call = raw.openBatchAppend();
  call.on('error', () => undefined);
  call.write({
    correlationId: { string: randomUUID() },
    options: { streamIdentifier: identifier(stream), any: {} },
    proposedMessages: [
      { id: { string: randomUUID() }, metadata: { type: 'x', 'content-type': 'x' }, data: Buffer.from('x') },
    ],
    isFinal: false,
  });
  call.cancel();
  const events = newEvents(2);
  await server.client.appendToStream(stream, events);
  expect(idsOf(await Array.fromAsync(server.client.readStream(stream)))).toEqual(idsOf(events));
});
