import { describe, expect, it } from '@jest/globals';
import { BACKWARDS, END, NO_STREAM, StreamNotFoundError } from '@eventstore/db-client';
import type { StreamMetadata } from '@eventstore/db-client';
import { RawClient } from './raw-client.js';
import { ServerUnderTest, newBinaryEvent, newEvent, newEvents, newStream, rejection } from './server-under-test.js';

const server = new ServerUnderTest();
const raw = new RawClient(server);

async function revisions(stream: string): Promise<number[]> {
  const events = await Array.fromAsync(server.client.readStream(stream));
  return events.map(({ event }) => Number(event?.revision));
}

async function streamWith(metadata: StreamMetadata, count = 5): Promise<string> {
  const stream = newStream();
  await server.client.appendToStream(stream, newEvents(count));
  await server.client.setStreamMetadata(stream, metadata);
  return stream;
}

async function streamWithRaw(metadata: string): Promise<string> {
  const stream = newStream();
  await server.client.appendToStream(stream, newEvents(5));
  // The client writes JavaScript numbers only: as text, it has to be sent by hand.
  await raw.append(`$$${stream}`, { type: '$metadata', 'content-type': 'application/json' }, Buffer.from(metadata));
  return stream;
}

describe('42: readable are', () => {
  it('the newest events with $maxCount', async () => {
    expect(await revisions(await streamWith({ maxCount: 2 }))).toEqual([3, 4]);
  });

  it('the events from a revision on with $tb', async () => {
    expect(await revisions(await streamWith({ truncateBefore: 3 }))).toEqual([3, 4]);
  });

  it('what both leave', async () => {
    expect(await revisions(await streamWith({ truncateBefore: 1, maxCount: 3 }))).toEqual([2, 3, 4]);
    expect(await revisions(await streamWith({ truncateBefore: 4, maxCount: 3 }))).toEqual([4]);
  });

  it('events younger than $maxAge', async () => {
    const stream = await streamWith({ maxAge: 1 });
    await new Promise((resolve) => setTimeout(resolve, 2200));
    expect(await revisions(stream)).toEqual([]);
    await server.client.appendToStream(stream, newEvent());
    expect(await revisions(stream)).toEqual([5]);
  });

  it('backwards just the same', async () => {
    const stream = await streamWith({ maxCount: 2 });
    const read = await Array.fromAsync(server.client.readStream(stream, { direction: BACKWARDS, fromRevision: END }));
    expect(read.map(({ event }) => event?.revision)).toEqual([4n, 3n]);
    const below = server.client.readStream(stream, { direction: BACKWARDS, fromRevision: 2n });
    expect(await Array.fromAsync(below)).toEqual([]);
  });
});

describe('43: metadata', () => {
  it('has no effect on $all, on the current revision, and on expectations', async () => {
    const stream = await streamWith({ maxCount: 1 });
    const all = await Array.fromAsync(server.client.readAll());
    expect(all.filter(({ event }) => event?.streamId === stream).length).toBe(5);
    const { nextExpectedRevision } = await server.client.appendToStream(stream, newEvent(), { expectedRevision: 4n });
    expect(nextExpectedRevision).toBe(5n);
  });

  it('that is taken back makes events readable again', async () => {
    const stream = await streamWith({ truncateBefore: 4 });
    await server.client.setStreamMetadata(stream, {});
    expect(await revisions(stream)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('44: a stream', () => {
  it('whose events are all hidden is empty, not missing', async () => {
    expect(await revisions(await streamWith({ truncateBefore: 100 }))).toEqual([]);
  });

  it('with metadata only is missing, and may be written to as no stream', async () => {
    const stream = newStream();
    await server.client.setStreamMetadata(stream, { maxCount: 1 });
    expect(await rejection(revisions(stream))).toBeInstanceOf(StreamNotFoundError);
    const { nextExpectedRevision } = await server.client.appendToStream(stream, newEvent(), {
      expectedRevision: NO_STREAM,
    });
    expect(nextExpectedRevision).toBe(0n);
  });
});

describe('41: metadata that makes no sense', () => {
  it.each(['{"$maxCount":"2"}', '{"$maxCount":1.5}', '{"$tb":3,"$maxAge":true}', '{"$tb":9223372036854775808}', '[3]'])(
    'is ignored altogether when it is of the wrong type: %s',
    async (metadata) => {
      expect(await revisions(await streamWithRaw(metadata))).toEqual([0, 1, 2, 3, 4]);
    },
  );

  it.each(['{"$maxCount":0,"$tb":3}', '{"$maxCount":-1,"$tb":3}', '{"$maxAge":-5,"$tb":3}'])(
    'is ignored alone when it is a number out of range: %s',
    async (metadata) => {
      expect(await revisions(await streamWithRaw(metadata))).toEqual([3, 4]);
    },
  );

  it('of unknown keys is kept as it is', async () => {
    const stream = await streamWith({ maxCount: 2, colour: 'red', nested: { deep: [1, 2] } });
    const { metadata } = await server.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ maxCount: 2, colour: 'red', nested: { deep: [1, 2] } });
  });

  it('34: of 2^63-1 to the digit deletes, and one less only hides', async () => {
    expect(await rejection(revisions(await streamWithRaw('{"$tb":9223372036854775807}')))).toBeInstanceOf(
      StreamNotFoundError,
    );
    expect(await revisions(await streamWithRaw('{"$tb":9223372036854775806}'))).toEqual([]);
  });

  it('41: that is no JSON event is none', async () => {
    const stream = await streamWith({ maxCount: 2 });
    await server.client.appendToStream(`$$${stream}`, newBinaryEvent(Buffer.from('{"$maxCount":1}')));
    expect(await revisions(stream)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('45: a metastream', () => {
  it('shows its newest event only, and all of them in $all', async () => {
    const stream = newStream();
    for (const maxCount of [1, 2, 3]) await server.client.setStreamMetadata(stream, { maxCount });
    const read = await Array.fromAsync(server.client.readStream(`$$${stream}`));
    expect(read.map(({ event }) => [event?.revision, event?.data])).toEqual([[2n, { $maxCount: 3 }]]);
    const all = await Array.fromAsync(server.client.readAll());
    expect(all.filter(({ event }) => event?.streamId === `$$${stream}`).length).toBe(3);
  });

  it('can have metadata, which has no effect', async () => {
    const stream = newStream();
    await server.client.setStreamMetadata(stream, { maxCount: 3 });
    await server.client.setStreamMetadata(`$$${stream}`, { truncateBefore: 5 });
    expect((await server.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 3 });
  });
});

it('13: metadata is expected at a revision of its own', async () => {
  const stream = newStream();
  await server.client.setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision: NO_STREAM });
  await server.client.setStreamMetadata(stream, { maxCount: 4 }, { expectedRevision: 0n });
  const third = server.client.setStreamMetadata(stream, { maxCount: 5 }, { expectedRevision: 0n });
  expect(await rejection(third)).toMatchObject({ type: 'wrong-expected-version' });
  expect((await server.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 4 });
});
