import { describe, expect, it } from '@jest/globals';
import {
  BACKWARDS,
  DeadlineExceededError,
  END,
  EventStoreDBClient,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  NO_STREAM,
  START,
  StreamNotFoundError,
  WrongExpectedVersionError,
  binaryEvent,
  excludeSystemEvents,
  jsonEvent,
} from '@eventstore/db-client';
import type { EventData, Position, ResolvedEvent } from '@eventstore/db-client';
import { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { ServerUnderTest, idsOf, newEvent, newEvents, newStream, rejection } from './server-under-test.js';
import { follow } from './subscriber.js';

/** What people do with the official client, and what its own tests expect of a server. */
const server = new ServerUnderTest();
/** Makes the client take the unary append. */
const credentials = { username: 'admin', password: 'changeit' };

async function onlyEventOf(stream: string): Promise<ResolvedEvent['event']> {
  const events = await Array.fromAsync(server.client.readStream(stream));
  expect(events.length).toBe(1);
  return events[0]?.event;
}

describe('28: what was written is read as it was', () => {
  it.each([
    ['text beyond ASCII', 'CC ‐ 1830'],
    ['a control character', { char: '\u0018' }],
    ['a letter with an ogonek', { char: 'Ę' }],
    ['an emoji', { kitten: '😾' }],
    ['null', null],
  ])('%s', async (_, data) => {
    const stream = newStream();
    await server.client.appendToStream(stream, jsonEvent({ type: 'encoded', data: data as Record<string, unknown> }));
    expect((await onlyEventOf(stream))?.data).toEqual(data);
  });

  const json = { type: 'described', data: { text: 'x' } };
  const binary = { type: 'described', data: Buffer.from('x') };
  const metadatas: [string, Record<string, unknown> | Uint8Array | undefined][] = [
    ['JSON', { about: 'this' }],
    ['bytes', Uint8Array.from(Buffer.from('about this'))],
    ['no', undefined],
  ];
  it.each(metadatas)('events with %s metadata', async (_, metadata) => {
    for (const event of [jsonEvent({ ...json, metadata }), binaryEvent({ ...binary, metadata })]) {
      const stream = newStream();
      await server.client.appendToStream(stream, event);
      expect((await onlyEventOf(stream))?.metadata).toEqual(metadata);
    }
  });

  it('and an event type beyond ASCII', async () => {
    const stream = newStream('größe/ with spaces@and more');
    await server.client.appendToStream(stream, newEvent('größe-geändert'));
    expect(await onlyEventOf(stream)).toMatchObject({ streamId: stream, type: 'größe-geändert' });
  });
});

it('32: $all begins with what the node itself has written, and is never empty', async () => {
  const events = await Array.fromAsync(server.client.readAll({ maxCount: 1 }));
  expect(events.map(({ event }) => event?.streamId.startsWith('$'))).toEqual([true]);
});

it('74: thousands of appends of one turn of the event loop are all written, each at its revision', async () => {
  const stream = newStream();
  const events = Array.from({ length: 4_000 }, () => jsonEvent({ type: 'flooded', data: { value: 'A'.repeat(904) } }));
  const options = { deadline: 60_000 };
  const results = await Promise.all(events.map((event) => server.client.appendToStream(stream, event, options)));
  const written = results.map(({ nextExpectedRevision }, index) => [nextExpectedRevision, events[index]?.id]);
  const read = await Array.fromAsync(server.client.readStream(stream));
  expect(read.map(({ event }) => [event?.revision, event?.id])).toEqual(
    written.toSorted(([a], [b]) => Number(a) - Number(b)),
  );
}, 60_000);

describe('19: an append', () => {
  it.each([{}, { credentials }])('of too many events tells how large it may be (%j)', async (options) => {
    const error = await rejection(server.client.appendToStream(newStream(), newEvents(25_000), options));
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect((error as MaxAppendSizeExceededError).maxAppendSize).toBe(1024 * 1024);
  });

  it('17: of many events in a millisecond exceeds its deadline, and is not written', async () => {
    const stream = newStream();
    const late = server.client.appendToStream(stream, newEvents(10_000), { deadline: 1 });
    expect(await rejection(late)).toBeInstanceOf(DeadlineExceededError);
    expect(await rejection(Array.fromAsync(server.client.readStream(stream)))).toBeInstanceOf(StreamNotFoundError);
  });

  it('17: without a deadline is not in a hurry', async () => {
    const { success } = await server.client.appendToStream(newStream(), newEvent(), { deadline: Infinity });
    expect(success).toBe(true);
  });
});

describe('33: a delete', () => {
  it('of a stream that has metadata only succeeds with no stream', async () => {
    const stream = newStream();
    await server.client.setStreamMetadata(stream, { cacheControl: 10 });
    await expect(server.client.deleteStream(stream, { expectedRevision: NO_STREAM })).resolves.toHaveProperty(
      'position',
    );
  });

  it('of one that never was fails, and the client keeps its connection', async () => {
    const error = await rejection(server.client.deleteStream(newStream(), { expectedRevision: NO_STREAM }));
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect((await server.client.appendToStream(newStream(), newEvent())).success).toBe(true);
  });
});

it('49: a revision that is no unsigned 64-bit number is refused by the client itself', async () => {
  for (const fromRevision of [-1n, 2n ** 64n]) {
    const read = async () => Array.fromAsync(server.client.readStream(newStream(), { fromRevision }));
    expect(await rejection(read())).toBeInstanceOf(InvalidArgumentError);
  }
});

it('49: the largest revision there is, is beyond every stream', async () => {
  const stream = newStream();
  const events = newEvents(3);
  await server.client.appendToStream(stream, events);
  const fromRevision = 2n ** 63n - 2n;
  expect(await Array.fromAsync(server.client.readStream(stream, { fromRevision }))).toEqual([]);
  const backwards = server.client.readStream(stream, { fromRevision, direction: BACKWARDS, maxCount: 2 });
  expect(idsOf(await Array.fromAsync(backwards))).toEqual(idsOf(events.slice(1)).toReversed());
});

it('28: an event of a stream read has the position that its append was told', async () => {
  const stream = newStream();
  const { position } = await server.client.appendToStream(stream, newEvents(8));
  const newest = server.client.readStream(stream, { maxCount: 1, fromRevision: END, direction: BACKWARDS });
  const [last] = await Array.fromAsync(newest);
  expect(last?.event?.position).toEqual(position);
  expect(last?.commitPosition).toBe(position?.commit);
});

it('59: checkpoints come after every interval of examined events', async () => {
  const stream = newStream();
  const { position } = await server.client.appendToStream(stream, newEvent());
  await server.client.appendToStream(stream, newEvents(8));
  const checkpoints: Position[] = [];
  const filter = excludeSystemEvents({
    checkpointInterval: 2,
    checkpointReached: (_, checkpoint) => {
      checkpoints.push(checkpoint);
      return Promise.resolve();
    },
  });
  const subscriber = follow(server.client.subscribeToAll({ fromPosition: position ?? START, filter }));
  for (let count = 0; count < 18; count++) await server.client.appendToStream(stream, newEvents(20));
  const last = newEvents(16);
  await server.client.appendToStream(stream, last);
  await subscriber.until(last.at(-1)?.id);
  await subscriber.stop();
  expect(subscriber.events.length).toBe(8 + 18 * 20 + 16);
  // 384 / (32 × 2), and perhaps the one that ends the catch-up.
  expect(checkpoints.length).toBeGreaterThanOrEqual(6);
  expect(checkpoints.length).toBeLessThanOrEqual(7);
  const commits = checkpoints.map(({ commit }) => commit);
  expect(commits).toEqual([...new Set(commits)].toSorted((a, b) => Number(a - b)));
});

describe('54: a subscription of the client', () => {
  async function endedStream() {
    const stream = newStream();
    const events = [...newEvents(8), newEvent('finished')];
    await server.client.appendToStream(stream, events);
    return { stream, events };
  }

  it('is an async iterator that may be left', async () => {
    const { stream, events } = await endedStream();
    const found: (string | undefined)[] = [];
    for await (const { event } of server.client.subscribeToStream(stream)) {
      found.push(event?.id);
      if (event?.type === 'finished') break;
    }
    expect(found).toEqual(idsOf(events));
  });

  it('is a stream for a pipeline, which its end completes', async () => {
    const { stream, events } = await endedStream();
    const subscription = server.client.subscribeToStream(stream);
    const found: (string | undefined)[] = [];
    const sink = new Writable({
      objectMode: true,
      write({ event }: ResolvedEvent, _, done) {
        found.push(event?.id);
        if (event?.type === 'finished')
          void subscription.unsubscribe().then(() => {
            done();
          });
        else done();
      },
    });
    await pipeline(subscription as unknown as AsyncIterable<ResolvedEvent>, sink);
    expect(found).toEqual(idsOf(events));
  });

  it('ends without an error when the client is disposed of, and the client can be used again', async () => {
    const client = EventStoreDBClient.connectionString(server.url);
    const { stream } = await endedStream();
    const subscriptions = [client.subscribeToStream(stream), client.subscribeToAll({ fromPosition: END })];
    const errors: Error[] = [];
    const followed = subscriptions.map((subscription) => {
      subscription.on('error', (error: Error) => errors.push(error));
      return { ...follow(subscription), ended: finished(subscription as unknown as Writable) };
    });
    await Promise.all(followed.map((subscriber) => subscriber.until('caught-up')));
    await client.dispose();
    await Promise.all(followed.map(({ ended }) => ended));
    expect(errors).toEqual([]);
    expect((await client.appendToStream(stream, newEvent())).success).toBe(true);
    await client.dispose();
  });

  it('may be made and left again and again between unary appends', async () => {
    for (let round = 0; round < 80; round++) {
      const stream = newStream();
      const [before, after] = [newEvents(3), newEvents(7)];
      const { nextExpectedRevision } = await server.client.appendToStream(stream, before, {
        expectedRevision: NO_STREAM,
        credentials,
      });
      const subscriber = follow(server.client.subscribeToStream(stream, { fromRevision: START }));
      await subscriber.until(before.at(-1)?.id);
      const options = { expectedRevision: nextExpectedRevision, credentials };
      await server.client.appendToStream(stream, after, options);
      await subscriber.until(after.at(-1)?.id);
      await subscriber.stop();
      expect(idsOf(subscriber.events)).toEqual(idsOf([...before, ...after]));
    }
  });

  it('58: whose reader takes its time with each event misses none', async () => {
    const stream = newStream();
    const events: EventData[] = [...newEvents(99), newEvent('finished')];
    const subscription = server.client.subscribeToStream(stream);
    await server.client.appendToStream(stream, events);
    const found: (string | undefined)[] = [];
    for await (const { event } of subscription) {
      await setTimeout(2);
      found.push(event?.id);
      if (event?.type === 'finished') break;
    }
    expect(found).toEqual(idsOf(events));
  });
});

describe('10: by a connection string', () => {
  it.each([
    ['with credentials', 'esdb://admin:changeit@', ''],
    ['with a name for the connection', 'esdb://', '&connectionName=inspector'],
    ['with frequent pings', 'esdb://', '&keepAliveInterval=10000&keepAliveTimeout=10000'],
  ])('%s', async (_, scheme, query) => {
    const client = EventStoreDBClient.connectionString(`${server.url.replace('esdb://', scheme)}${query}`);
    const stream = newStream();
    await client.appendToStream(stream, newEvents(4));
    expect((await Array.fromAsync(client.readStream(stream, { maxCount: 10 }))).length).toBe(4);
    expect((await Array.fromAsync(client.readAll({ maxCount: 4 }))).length).toBe(4);
    await client.dispose();
  });
});
