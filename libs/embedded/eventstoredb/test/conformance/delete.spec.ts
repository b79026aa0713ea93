import { describe, expect, it } from '@jest/globals';
import {
  ANY,
  END,
  NO_STREAM,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { ServerUnderTest, idsOf, itIsOurs, newEvent, newEvents, newStream, rejection } from './server-under-test.js';

const server = new ServerUnderTest();

const read = (stream: string) => Array.fromAsync(server.client.readStream(stream));
const metadataEvents = async (stream: string) => {
  const all = await Array.fromAsync(server.client.readAll());
  return all.filter(({ event }) => event?.streamId === `$$${stream}`).map(({ event }) => event);
};

async function writtenStream(count = 3) {
  const stream = newStream();
  const events = newEvents(count);
  await server.client.appendToStream(stream, events);
  return { stream, events };
}

describe('33: a soft delete', () => {
  it('writes one metadata event that truncates before 2^63-1, and replies with its position', async () => {
    const { stream } = await writtenStream();
    await server.client.setStreamMetadata(stream, { maxCount: 5 });
    const { position } = await server.client.deleteStream(stream);
    const written = (await metadataEvents(stream)).at(-1);
    expect(written).toMatchObject({ type: '$metadata', isJson: true, revision: 1n, position });
    const { metadata } = await server.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ truncateBefore: Number(2n ** 63n - 1n) });
  });

  it.each([ANY, NO_STREAM] as const)(
    'of a stream that never was is a wrong version, with %s',
    async (expectedRevision) => {
      const stream = newStream();
      const error = await rejection(server.client.deleteStream(stream, { expectedRevision }));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({
        streamName: stream,
        expectedVersion: expectedRevision === ANY ? -2n : -1n,
        actualVersion: -1n,
      });
    },
  );

  it('of a stream with metadata only is allowed', async () => {
    const stream = newStream();
    await server.client.setStreamMetadata(stream, { maxCount: 5 });
    await expect(server.client.deleteStream(stream, { expectedRevision: NO_STREAM })).resolves.toHaveProperty(
      'position',
    );
  });

  it('may be repeated with any, no stream and the current revision', async () => {
    const { stream } = await writtenStream();
    for (const expectedRevision of [ANY, ANY, NO_STREAM, 2n] as const) {
      await expect(server.client.deleteStream(stream, { expectedRevision })).resolves.toHaveProperty('position');
    }
  });
});

describe('35: while a stream is soft-deleted', () => {
  it('it is not found in either direction, but its metadata is', async () => {
    const { stream } = await writtenStream();
    await server.client.deleteStream(stream);
    const forwards = await rejection(read(stream));
    expect(forwards).toBeInstanceOf(StreamNotFoundError);
    expect(forwards).toMatchObject({ streamName: stream });
    const backwards = Array.fromAsync(server.client.readStream(stream, { direction: 'backwards', fromRevision: END }));
    expect(await rejection(backwards)).toBeInstanceOf(StreamNotFoundError);
    expect((await read(`$$${stream}`)).length).toBe(1);
  });

  it('its events stay in $all', async () => {
    const { stream, events } = await writtenStream();
    await server.client.deleteStream(stream);
    const all = await Array.fromAsync(server.client.readAll());
    expect(idsOf(all.filter(({ event }) => event?.streamId === stream))).toEqual(idsOf(events));
  });
});

describe('36: a soft-deleted stream begins again', () => {
  it.each([ANY, NO_STREAM, 2n] as const)('with %s, after its old revisions', async (expectedRevision) => {
    const { stream } = await writtenStream();
    await server.client.deleteStream(stream);
    const events = newEvents(2);
    const { nextExpectedRevision } = await server.client.appendToStream(stream, events, { expectedRevision });
    expect(nextExpectedRevision).toBe(4n);
    const found = await read(stream);
    expect(idsOf(found)).toEqual(idsOf(events));
    expect(found.map(({ event }) => event?.revision)).toEqual([3n, 4n]);
  });

  it('with a metadata event of its first revision, right after the new events in $all', async () => {
    const { stream } = await writtenStream();
    await server.client.deleteStream(stream);
    const { position } = await server.client.appendToStream(stream, newEvents(2));
    expect((await server.client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 3 });
    const last = (await metadataEvents(stream)).at(-1);
    expect(last?.position.commit).toBeGreaterThan(position?.commit ?? Infinity);
  });

  it('but not with another revision, and not twice with no stream', async () => {
    const { stream } = await writtenStream();
    await server.client.deleteStream(stream);
    for (const expectedRevision of [0n, 1n, 3n]) {
      expect(await rejection(server.client.appendToStream(stream, newEvent(), { expectedRevision }))).toBeInstanceOf(
        WrongExpectedVersionError,
      );
    }
    await server.client.appendToStream(stream, newEvent(), { expectedRevision: NO_STREAM });
    const second = server.client.appendToStream(stream, newEvent(), { expectedRevision: NO_STREAM });
    expect(await rejection(second)).toBeInstanceOf(WrongExpectedVersionError);
  });

  itIsOurs('23: by an append of no events, empty', async () => {
    const { stream } = await writtenStream();
    await server.client.deleteStream(stream);
    await server.client.appendToStream(stream, []);
    expect(await read(stream)).toEqual([]);
  });

  it('37: by new metadata, empty; the metadata stays', async () => {
    const { stream } = await writtenStream();
    await server.client.deleteStream(stream);
    const { nextExpectedRevision } = await server.client.setStreamMetadata(stream, { maxAge: 1000, colour: 'red' });
    expect(nextExpectedRevision).toBe(1n);
    expect(await read(stream)).toEqual([]);
    const { metadata } = await server.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ maxAge: 1000, colour: 'red', truncateBefore: 3 });
    expect((await read(`$$${stream}`)).map(({ event }) => event?.revision)).toEqual([2n]);
    await server.client.appendToStream(stream, newEvent());
    expect((await read(stream)).map(({ event }) => event?.revision)).toEqual([3n]);
  });
});

describe('38: a tombstone', () => {
  it('is an event of the stream with the revision 2^63-1, and replies with its position', async () => {
    const { stream } = await writtenStream();
    const { position } = await server.client.tombstoneStream(stream);
    const all = await Array.fromAsync(server.client.readAll());
    const tombstone = all.findLast(({ event }) => event?.streamId === stream)?.event;
    expect(tombstone).toMatchObject({ type: '$streamDeleted', isJson: false, revision: 2n ** 63n - 1n, position });
    expect(tombstone?.data).toEqual(new Uint8Array(0));
  });

  it.each([ANY, NO_STREAM] as const)('may end a stream that never was, with %s', async (expectedRevision) => {
    const stream = newStream();
    await server.client.tombstoneStream(stream, { expectedRevision });
    expect(await rejection(read(stream))).toBeInstanceOf(StreamDeletedError);
  });

  it('may end a soft-deleted stream', async () => {
    const { stream } = await writtenStream();
    await server.client.deleteStream(stream);
    await server.client.tombstoneStream(stream);
    expect(await rejection(read(stream))).toBeInstanceOf(StreamDeletedError);
  });
});

it('39: after a tombstone everything fails for stream and metastream, naming the one asked for', async () => {
  const { stream, events } = await writtenStream();
  await server.client.setStreamMetadata(stream, { maxCount: 5 });
  await server.client.tombstoneStream(stream);
  for (const name of [stream, `$$${stream}`]) {
    const deleted = { type: 'stream-deleted', streamName: name };
    expect(await rejection(read(name))).toMatchObject(deleted);
    expect(await rejection(server.client.deleteStream(name))).toMatchObject(deleted);
    expect(await rejection(Array.fromAsync(server.client.subscribeToStream(name)))).toMatchObject(deleted);
  }
  expect(await rejection(server.client.tombstoneStream(stream))).toMatchObject({
    type: 'stream-deleted',
    streamName: stream,
  });
  expect(await rejection(server.client.setStreamMetadata(stream, {}))).toMatchObject({ type: 'stream-deleted' });
  const all = await Array.fromAsync(server.client.readAll());
  expect(idsOf(all.filter(({ event }) => event?.streamId === stream)).slice(0, -1)).toEqual(idsOf(events));
});

describe('40: a delete at the wrong revision', () => {
  it.each(['deleteStream', 'tombstoneStream'] as const)('tells expected and actual revision (%s)', async (method) => {
    const { stream } = await writtenStream();
    for (const expectedRevision of [0n, 9n]) {
      const error = await rejection(server.client[method](stream, { expectedRevision }));
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ streamName: stream, expectedVersion: expectedRevision, actualVersion: 2n });
    }
    const error = await rejection(server.client[method](stream, { expectedRevision: NO_STREAM }));
    expect(error).toMatchObject({ type: 'wrong-expected-version', expectedVersion: -1n, actualVersion: 2n });
  });

  itIsOurs('a metastream cannot be tombstoned', async () => {
    const { stream } = await writtenStream();
    expect(await rejection(server.client.tombstoneStream(`$$${stream}`))).toMatchObject({ type: 'unknown', code: 3 });
  });
});

it('10 (section): names that are not ASCII survive in the errors', async () => {
  const stream = `${newStream()}-ü`;
  await server.client.appendToStream(stream, newEvent());
  await server.client.tombstoneStream(stream);
  const error = (await rejection(read(stream))) as StreamDeletedError;
  expect(decodeURIComponent(error.streamName)).toBe(stream);
  const viaBatch = await rejection(server.client.appendToStream(stream, newEvent()));
  expect(viaBatch).toMatchObject({ type: 'stream-deleted', streamName: stream });
});
