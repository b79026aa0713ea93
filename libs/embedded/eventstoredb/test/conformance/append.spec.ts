import { describe, expect, it } from '@jest/globals';
import {
  ANY,
  BACKWARDS,
  END,
  EventStoreDBClient,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { AppendExpectedRevision, EventData } from '@eventstore/db-client';
import {
  ServerUnderTest,
  idsOf,
  itIsOurs,
  newBinaryEvent,
  newEvent,
  newEvents,
  newStream,
  rejection,
} from './server-under-test.js';

const server = new ServerUnderTest();

/** The client takes the unary way when a call has credentials of its own, the batch way otherwise (10). */
const ways = [
  { way: 'BatchAppend', options: {} },
  { way: 'Append', options: { credentials: { username: 'admin', password: 'changeit' } } },
];

describe.each(ways)('by $way', ({ options }) => {
  const append = (stream: string, events: EventData | EventData[], expectedRevision: AppendExpectedRevision = ANY) =>
    server.client.appendToStream(stream, events, { ...options, expectedRevision });
  const idsIn = async (stream: string) => idsOf(await Array.fromAsync(server.client.readStream(stream)));

  it('13: expects any, no stream, an existing stream, or an exact revision', async () => {
    const stream = newStream();
    expect((await append(stream, newEvent(), NO_STREAM)).nextExpectedRevision).toBe(0n);
    expect((await append(stream, newEvent(), 0n)).nextExpectedRevision).toBe(1n);
    expect((await append(stream, newEvent(), STREAM_EXISTS)).nextExpectedRevision).toBe(2n);
    expect((await append(stream, newEvent(), ANY)).nextExpectedRevision).toBe(3n);
  });

  it('21: writes all events of an append with consecutive revisions', async () => {
    const stream = newStream();
    const events = newEvents(25);
    const { nextExpectedRevision } = await append(stream, events);
    const read = await Array.fromAsync(server.client.readStream(stream));
    expect(nextExpectedRevision).toBe(24n);
    expect(idsOf(read)).toEqual(idsOf(events));
    expect(read.map(({ event }) => event?.revision)).toEqual(events.map((_, index) => BigInt(index)));
  });

  it('22: replies with the position of the last event of the append', async () => {
    const stream = newStream();
    const { position } = await append(stream, newEvents(3));
    const [last] = await Array.fromAsync(
      server.client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }),
    );
    expect(position).toEqual(last?.event?.position);
  });

  it('23: an append of no events checks the expectation only', async () => {
    const stream = newStream();
    await append(stream, newEvents(2));
    expect((await append(stream, [], 1n)).nextExpectedRevision).toBe(1n);
    expect((await append(stream, [], ANY)).nextExpectedRevision).toBe(1n);
    expect(await rejection(append(stream, [], 0n))).toBeInstanceOf(WrongExpectedVersionError);
    expect((await idsIn(stream)).length).toBe(2);
  });

  it('decision 1: a tombstoned stream refuses every append, and so does its metastream', async () => {
    const stream = newStream();
    await append(stream, newEvent());
    await server.client.tombstoneStream(stream);
    for (const expected of [ANY, NO_STREAM, STREAM_EXISTS, 0n] as const) {
      expect(await rejection(append(stream, newEvent(), expected))).toMatchObject({
        type: 'stream-deleted',
        streamName: stream,
      });
    }
    expect(await rejection(append(`$$${stream}`, newEvent()))).toMatchObject({
      type: 'stream-deleted',
      streamName: `$$${stream}`,
    });
  });

  it('decision 2: an existing stream is not a soft-deleted one', async () => {
    const stream = newStream();
    await append(stream, newEvent());
    await server.client.deleteStream(stream);
    expect(await rejection(append(stream, newEvent(), STREAM_EXISTS))).toBeInstanceOf(StreamDeletedError);
  });

  it('decision 3: a stream that was never written to does not exist, but metadata makes it exist', async () => {
    const stream = newStream();
    expect(await rejection(append(stream, newEvent(), STREAM_EXISTS))).toBeInstanceOf(WrongExpectedVersionError);
    await server.client.setStreamMetadata(stream, { maxCount: 10 });
    expect((await append(stream, newEvent(), STREAM_EXISTS)).nextExpectedRevision).toBe(0n);
  });

  it('decision 6: a revision that is not there yet is wrong, and the error tells both revisions', async () => {
    const stream = newStream();
    await append(stream, newEvents(2));
    const error = await rejection(append(stream, newEvent(), 7n));
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ streamName: stream, expectedVersion: 7n, actualVersion: 1n });
    const none = newStream();
    const errorOfNone = await rejection(append(none, newEvent(), 0n));
    expect(errorOfNone).toMatchObject({ streamName: none, expectedVersion: 0n, actualVersion: 'no_stream' });
  });

  it('decision 7: at the current revision the same ids are written again', async () => {
    const stream = newStream();
    const events = newEvents(2);
    await append(stream, events);
    expect((await append(stream, events, 1n)).nextExpectedRevision).toBe(3n);
    expect(await idsIn(stream)).toEqual(idsOf([...events, ...events]));
  });

  describe('a retry', () => {
    const twice = async (
      first: EventData[],
      expectedFirst: AppendExpectedRevision,
      second: EventData[],
      expectedSecond: AppendExpectedRevision,
    ) => {
      const stream = newStream();
      const original = await append(stream, first, expectedFirst);
      const before = await idsIn(stream);
      const again = await append(stream, second, expectedSecond).catch((error: unknown) => error);
      return { stream, original, again, written: (await idsIn(stream)).length - before.length };
    };

    it.each([ANY, STREAM_EXISTS, NO_STREAM] as const)(
      'of all ids in order is idempotent, with %s',
      async (expected) => {
        const events = newEvents(3);
        const { original, again, written } = await twice(events, ANY, events, expected);
        expect(again).toEqual(original);
        expect(written).toBe(0);
      },
    );

    it('of all ids in order is idempotent with the exact revision of the first time', async () => {
      const stream = newStream();
      await append(stream, newEvents(2));
      const events = newEvents(3);
      const original = await append(stream, events, 1n);
      await append(stream, newEvents(4));
      expect(await append(stream, events, 1n)).toEqual(original);
    });

    it('of the beginning of an append is idempotent; next is the revision of its last id', async () => {
      const events = newEvents(4);
      const withAny = await twice(events, ANY, events.slice(0, 2), ANY);
      expect(withAny).toMatchObject({ again: { nextExpectedRevision: 1n }, written: 0 });
      const withNoStream = await twice(events, NO_STREAM, events.slice(0, 2), NO_STREAM);
      expect(withNoStream).toMatchObject({ again: { nextExpectedRevision: 1n }, written: 0 });
    });

    it('of a middle part is idempotent with any, and with an exact revision where it starts', async () => {
      const events = newEvents(5);
      expect(await twice(events, ANY, events.slice(1, 3), ANY)).toMatchObject({
        again: { nextExpectedRevision: 2n },
        written: 0,
      });
      expect(await twice(events, ANY, events.slice(1, 3), 0n)).toMatchObject({
        again: { nextExpectedRevision: 2n },
        written: 0,
      });
      const elsewhere = await twice(events, ANY, events.slice(1, 3), 1n);
      expect(elsewhere.again).toBeInstanceOf(WrongExpectedVersionError);
    });

    it.each([ANY, NO_STREAM] as const)('with a new id after known ones is refused, with %s', async (expected) => {
      const events = newEvents(2);
      const { again, written } = await twice(events, ANY, [...events, newEvent()], expected);
      expect(again).toBeInstanceOf(WrongExpectedVersionError);
      expect(written).toBe(0);
    });

    it('with a new id before known ones is written altogether with any, and refused with no stream', async () => {
      const events = newEvents(2);
      const withAny = await twice(events, ANY, [newEvent(), ...events], ANY);
      expect(withAny).toMatchObject({ again: { nextExpectedRevision: 4n }, written: 3 });
      const withNoStream = await twice(events, ANY, [newEvent(), ...events], NO_STREAM);
      expect(withNoStream.again).toBeInstanceOf(WrongExpectedVersionError);
    });

    it('with its ids in another order is idempotent with any, and refused with no stream', async () => {
      const events = newEvents(3);
      expect(await twice(events, ANY, events.toReversed(), ANY)).toMatchObject({
        again: { nextExpectedRevision: 0n },
        written: 0,
      });
      expect((await twice(events, ANY, events.toReversed(), NO_STREAM)).again).toBeInstanceOf(
        WrongExpectedVersionError,
      );
    });

    it('of ids that another stream has is a new append', async () => {
      const events = newEvents(2);
      await append(newStream(), events);
      const stream = newStream();
      expect((await append(stream, events)).nextExpectedRevision).toBe(1n);
      expect(await idsIn(stream)).toEqual(idsOf(events));
    });

    it('of one id several times points to its first occurrence with any, and to the end with no stream', async () => {
      const event = newEvent();
      expect(await twice([event, event, event], ANY, [event, event, event], ANY)).toMatchObject({
        original: { nextExpectedRevision: 2n },
        again: { nextExpectedRevision: 0n },
        written: 0,
      });
      expect(await twice([event, event], NO_STREAM, [event, event], NO_STREAM)).toMatchObject({
        again: { nextExpectedRevision: 1n },
        written: 0,
      });
    });

    it.each([ANY, NO_STREAM] as const)(
      'of hidden events is idempotent without a position, with %s',
      async (expected) => {
        const stream = newStream();
        const events = newEvents(3);
        await append(stream, events);
        await server.client.setStreamMetadata(stream, { truncateBefore: 3 });
        const again = await append(stream, events, expected);
        expect(again.nextExpectedRevision).toBe(2n);
        expect(again.position).toBeUndefined();
      },
    );

    it.each([ANY, NO_STREAM] as const)(
      'of a soft-deleted stream is idempotent and leaves it deleted, with %s',
      async (expected) => {
        const stream = newStream();
        const events = newEvents(2);
        await append(stream, events);
        await server.client.deleteStream(stream);
        const again = await append(stream, events, expected);
        expect(again).toMatchObject({ success: true, nextExpectedRevision: 1n, position: undefined });
        expect(await rejection(idsIn(stream))).toMatchObject({ type: 'stream-not-found' });
      },
    );
  });

  it('19: an append larger than the limit is refused as a whole, and the error tells the limit', async () => {
    const stream = newStream();
    const events = [newEvent(), newBinaryEvent(new Uint8Array(1024 * 1024))];
    const error = await rejection(append(stream, events));
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(error).toMatchObject({ maxAppendSize: 1024 * 1024 });
    expect(await rejection(idsIn(stream))).toMatchObject({ type: 'stream-not-found' });
    expect((await append(stream, newEvent())).nextExpectedRevision).toBe(0n);
  });

  itIsOurs('19: data, metadata and twice the type count, and the limit itself is allowed', async () => {
    const room = 1024 * 1024 - 2 * 'bytes-came'.length;
    expect((await append(newStream(), newBinaryEvent(new Uint8Array(room)))).success).toBe(true);
    expect(await rejection(append(newStream(), newBinaryEvent(new Uint8Array(room + 1))))).toBeInstanceOf(
      MaxAppendSizeExceededError,
    );
  });

  it('20, 28: what was written is read back, byte by byte', async () => {
    const stream = newStream();
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    await append(stream, [newBinaryEvent(bytes), newEvent('täglich 🙂', { text: 'ÿ🙂\u0000' })]);
    const [binary, json] = await Array.fromAsync(server.client.readStream(stream));
    expect(Buffer.from(binary?.event?.data as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(binary?.event).toMatchObject({ isJson: false, type: 'bytes-came', streamId: stream, revision: 0n });
    expect(json?.event).toMatchObject({ isJson: true, type: 'täglich 🙂', data: { text: 'ÿ🙂\u0000' }, revision: 1n });
  });

  it('31: stream names may hold anything, and differ by case', async () => {
    const base = newStream();
    const names = [`${base} a/b@c?d#e%20 ü🙂`, `${base}-Case`, `${base}-case`, `$${base}`];
    for (const name of names) await append(name, newEvent('named', { name }), NO_STREAM);
    for (const name of names) {
      const [only, ...more] = await Array.fromAsync(server.client.readStream(name));
      expect(more).toEqual([]);
      expect(only?.event).toMatchObject({ streamId: name, data: { name } });
    }
  });

  itIsOurs('14 (section): the metastream of no stream is refused', async () => {
    expect(await rejection(append('$$', newEvent()))).toMatchObject({ type: 'unknown' });
  });
});

it('10: throwOnAppendFailure=false resolves a wrong version as failure', async () => {
  const client = EventStoreDBClient.connectionString(`${server.url}&throwOnAppendFailure=false`);
  const stream = newStream();
  await client.appendToStream(stream, newEvent());
  const viaBatch = await client.appendToStream(stream, newEvent(), { expectedRevision: NO_STREAM });
  const credentials = { username: 'admin', password: 'changeit' };
  const viaAppend = await client.appendToStream(stream, newEvent(), { expectedRevision: NO_STREAM, credentials });
  await client.dispose();
  expect(viaBatch.success).toBe(false);
  expect(viaAppend).toMatchObject({ success: false, nextExpectedRevision: 0n });
});

it('14: appends sent together on one call are carried out in their order', async () => {
  const stream = newStream();
  const events = newEvents(200);
  const results = await Promise.all(events.map((event) => server.client.appendToStream(stream, event)));
  expect(results.map((result) => result.nextExpectedRevision)).toEqual(events.map((_, index) => BigInt(index)));
  expect(idsOf(await Array.fromAsync(server.client.readStream(stream)))).toEqual(idsOf(events));
});

it('16: an append in many chunks is one append', async () => {
  const stream = newStream();
  const events = newEvents(300);
  const { nextExpectedRevision } = await server.client.appendToStream(stream, events, { batchAppendSize: 1000 });
  expect(nextExpectedRevision).toBe(299n);
  expect(idsOf(await Array.fromAsync(server.client.readStream(stream)))).toEqual(idsOf(events));
});

it('21: of appends racing for the same revision exactly one wins', async () => {
  const stream = newStream();
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => server.client.appendToStream(stream, newEvent(), { expectedRevision: NO_STREAM })),
  );
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1);
});

itIsOurs('24 (table): a retry after a restart is idempotent, with any and with no stream', async () => {
  const stream = newStream();
  const events = newEvents(3);
  const original = await server.client.appendToStream(stream, events);
  await server.restart();
  expect(await server.client.appendToStream(stream, events)).toEqual(original);
  expect(await server.client.appendToStream(stream, events, { expectedRevision: NO_STREAM })).toEqual(original);
  expect(idsOf(await Array.fromAsync(server.client.readStream(stream)))).toEqual(idsOf(events));
});

itIsOurs('27: revisions and positions go on where they were after a restart', async () => {
  const stream = newStream();
  const before = await server.client.appendToStream(stream, newEvent());
  await server.restart();
  const after = await server.client.appendToStream(stream, newEvent());
  expect(after.nextExpectedRevision).toBe(1n);
  expect(after.position?.commit).toBe((before.position?.commit ?? 0n) + 1n);
});
