import { describe, expect, it } from '@jest/globals';
import { BACKWARDS, END, NO_STREAM, START, StreamNotFoundError } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, Position } from '@eventstore/db-client';
import { ServerUnderTest, idsOf, itIsOurs, newEvent, newEvents, newStream, rejection } from './server-under-test.js';
import { follow } from './subscriber.js';

/** The ends of every range: zero, one, the last, one beyond, far beyond. */
const server = new ServerUnderTest();

async function written(count: number) {
  const stream = newStream('bounds');
  const events = newEvents(count);
  await server.client.appendToStream(stream, events);
  return { stream, ids: idsOf(events) };
}

describe('49: a stream read of 5 events', () => {
  it.each([
    [0n, 1, [0]],
    [0n, 5, [0, 1, 2, 3, 4]],
    [0n, 6, [0, 1, 2, 3, 4]],
    [4n, 1, [4]],
    [4n, 2, [4]],
    [5n, 1, []],
    [6n, 9, []],
  ])('forwards from %s, at most %i', async (fromRevision, maxCount, expected) => {
    const { stream } = await written(5);
    const read = await Array.fromAsync(server.client.readStream(stream, { fromRevision, maxCount }));
    expect(read.map(({ event }) => Number(event?.revision))).toEqual(expected);
  });

  it.each([
    [0n, 9, [0]],
    [1n, 1, [1]],
    [1n, 9, [1, 0]],
    [4n, 9, [4, 3, 2, 1, 0]],
    [5n, 2, [4, 3]],
    [99n, 9, [4, 3, 2, 1, 0]],
  ])('backwards from %s, at most %i', async (fromRevision, maxCount, expected) => {
    const { stream } = await written(5);
    const options = { fromRevision, maxCount, direction: BACKWARDS } as const;
    const read = await Array.fromAsync(server.client.readStream(stream, options));
    expect(read.map(({ event }) => Number(event?.revision))).toEqual(expected);
  });

  it('42: under $tb 2 and $maxCount 4 begins and ends at the higher bound, either way', async () => {
    const { stream, ids } = await written(5);
    await server.client.setStreamMetadata(stream, { truncateBefore: 2, maxCount: 4 });
    const read = async (options: Parameters<typeof server.client.readStream>[1]) =>
      idsOf(await Array.fromAsync(server.client.readStream(stream, options)));
    expect(await read({ fromRevision: 0n, maxCount: 2 })).toEqual([ids[2], ids[3]]);
    expect(await read({ fromRevision: 3n })).toEqual([ids[3], ids[4]]);
    expect(await read({ direction: BACKWARDS, fromRevision: END })).toEqual([ids[4], ids[3], ids[2]]);
    expect(await read({ direction: BACKWARDS, fromRevision: 2n })).toEqual([ids[2]]);
    expect(await read({ direction: BACKWARDS, fromRevision: 1n })).toEqual([]);
  });
});

describe('49: a read of $all', () => {
  itIsOurs('from a position far beyond the end is empty forwards, and everything backwards', async () => {
    const { ids } = await written(3);
    const fromPosition = { commit: 2n ** 62n, prepare: 2n ** 62n };
    const forwards = await Array.fromAsync(server.client.readAll({ fromPosition }));
    expect(forwards).toEqual([]);
    const backwards = server.client.readAll({ fromPosition, direction: BACKWARDS, maxCount: 3 });
    expect(idsOf(await Array.fromAsync(backwards))).toEqual(ids.toReversed());
  });

  it('backwards in pages that begin where the last has ended gives everything once', async () => {
    await written(10);
    const whole = idsOf(await Array.fromAsync(server.client.readAll({ direction: BACKWARDS, fromPosition: END })));
    const parts: (string | undefined)[] = [];
    let fromPosition: Position | typeof END | undefined = END;
    while (fromPosition) {
      const read = server.client.readAll({ fromPosition, direction: BACKWARDS, maxCount: 3 });
      const page: AllStreamResolvedEvent[] = await Array.fromAsync(read);
      parts.push(...idsOf(page));
      fromPosition = page.at(-1)?.event?.position;
    }
    expect(parts).toEqual(whole);
  });
});

describe('27: revisions over deletes', () => {
  it('go on through delete and recreate, again and again, and never come twice', async () => {
    const stream = newStream();
    const seen: (bigint | undefined)[] = [];
    for (let round = 0; round < 4; round++) {
      await server.client.appendToStream(stream, newEvents(2), { expectedRevision: NO_STREAM });
      const read = await Array.fromAsync(server.client.readStream(stream));
      seen.push(...read.map(({ event }) => event?.revision));
      await server.client.deleteStream(stream);
      expect(await rejection(Array.fromAsync(server.client.readStream(stream)))).toBeInstanceOf(StreamNotFoundError);
    }
    expect(seen).toEqual([0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n]);
    const all = await Array.fromAsync(server.client.readAll());
    const mine = all.filter(({ event }) => event?.streamId === stream);
    expect(mine.map(({ event }) => event?.revision)).toEqual(seen);
  });

  it('36: a recreated stream keeps its $maxCount beside the $tb of its new beginning', async () => {
    const { stream } = await written(3);
    await server.client.setStreamMetadata(stream, { maxCount: 2, owner: 'me' });
    await server.client.deleteStream(stream);
    await server.client.setStreamMetadata(stream, { maxCount: 2, owner: 'me' });
    await server.client.appendToStream(stream, newEvents(3));
    const read = await Array.fromAsync(server.client.readStream(stream));
    expect(read.map(({ event }) => event?.revision)).toEqual([4n, 5n]);
    const { metadata } = await server.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ maxCount: 2, owner: 'me', truncateBefore: 3 });
  });
});

describe('55: a subscription', () => {
  it('from the last revision or position there is, has nothing to catch up with', async () => {
    const { stream } = await written(3);
    const [last] = await Array.fromAsync(
      server.client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }),
    );
    const ofStream = follow(server.client.subscribeToStream(stream, { fromRevision: 2n }));
    const ofAll = follow(server.client.subscribeToAll({ fromPosition: last?.event?.position ?? START }), stream);
    const event = newEvent();
    await Promise.all([ofStream.until('caught-up'), ofAll.until('caught-up')]);
    await server.client.appendToStream(stream, event);
    await Promise.all([ofStream.until(event.id), ofAll.until(event.id)]);
    await Promise.all([ofStream.stop(), ofAll.stop()]);
    expect([ofStream.log, ofAll.log]).toEqual([
      ['confirmation', 'caught-up', event.id],
      ['confirmation', 'caught-up', event.id],
    ]);
  });

  it('35: of a soft-deleted stream shows no old event, and those of its new life', async () => {
    const { stream } = await written(3);
    await server.client.deleteStream(stream);
    const subscriber = follow(server.client.subscribeToStream(stream));
    await subscriber.until('caught-up');
    const events = newEvents(2);
    await server.client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    await subscriber.until(events[1]?.id);
    await subscriber.stop();
    expect(subscriber.log).toEqual(['confirmation', 'caught-up', ...idsOf(events)]);
  });
});

describe('25: an idempotent success', () => {
  it('tells the first position again, and no subscriber hears of it', async () => {
    const stream = newStream();
    const events = newEvents(2);
    const first = await server.client.appendToStream(stream, events);
    const subscriber = follow(server.client.subscribeToStream(stream, { fromRevision: END }));
    await subscriber.until('caught-up');
    expect(await server.client.appendToStream(stream, events)).toEqual(first);
    const next = newEvent();
    await server.client.appendToStream(stream, next);
    await subscriber.until(next.id);
    await subscriber.stop();
    expect(subscriber.log).toEqual(['confirmation', 'caught-up', next.id]);
  });

  it('of events that are hidden has no position', async () => {
    const stream = newStream();
    const events = newEvents(2);
    await server.client.appendToStream(stream, events);
    await server.client.setStreamMetadata(stream, { truncateBefore: 5 });
    const again = await server.client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    expect(again).toEqual({ success: true, nextExpectedRevision: 1n, position: undefined });
  });
});
