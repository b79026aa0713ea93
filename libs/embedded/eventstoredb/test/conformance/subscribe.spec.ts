import { beforeAll, describe, expect, it } from '@jest/globals';
import { END, START, StreamDeletedError } from '@eventstore/db-client';
import type { EventData } from '@eventstore/db-client';
import type { ReadOptions } from '../../protocol/messages/read.js';
import { RawClient, SUBSCRIPTION } from './raw-client.js';
import { ServerUnderTest, idsOf, itIsOurs, newEvent, newEvents, newStream, rejection } from './server-under-test.js';
import { contentOf, follow } from './subscriber.js';

const server = new ServerUnderTest();
const raw = new RawClient(server);
const append = (stream: string, events: EventData | EventData[]) => server.client.appendToStream(stream, events);

async function writtenStream(count = 5) {
  const stream = newStream();
  const events = newEvents(count);
  await append(stream, events);
  return { stream, events };
}

describe('54: a subscription', () => {
  it('confirms once, delivers what is there, says that it has caught up, then delivers live', async () => {
    const { stream, events } = await writtenStream(2);
    const subscriber = follow(server.client.subscribeToStream(stream, { fromRevision: START }));
    await subscriber.until('caught-up');
    const live = newEvent();
    await append(stream, live);
    await subscriber.until(live.id);
    await subscriber.stop();
    expect(subscriber.log).toEqual(['confirmation', ...idsOf(events), 'caught-up', live.id]);
  });

  it('of $all does the same', async () => {
    const { stream, events } = await writtenStream(2);
    const subscriber = follow(server.client.subscribeToAll({ fromPosition: START }), stream);
    await subscriber.until('caught-up');
    const live = newEvent();
    await append(stream, live);
    await subscriber.until(live.id);
    await subscriber.stop();
    expect(subscriber.log).toEqual(['confirmation', ...idsOf(events), 'caught-up', live.id]);
  });

  it('30: has an id that is a UUID', async () => {
    const call = raw.openRead({ ...SUBSCRIPTION, noFilter: {} });
    const [first] = (await call.take(1).toArray()) as { confirmation?: { subscriptionId: string } }[];
    expect(first?.confirmation?.subscriptionId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

describe('55: a subscription starts', () => {
  it('strictly after a revision', async () => {
    const { stream, events } = await writtenStream();
    const subscriber = follow(server.client.subscribeToStream(stream, { fromRevision: 2n }));
    await subscriber.until('caught-up');
    await subscriber.stop();
    expect(subscriber.log).toEqual(['confirmation', ...idsOf(events.slice(3)), 'caught-up']);
  });

  it('strictly after a position', async () => {
    const { stream, events } = await writtenStream();
    const [, second] = await Array.fromAsync(server.client.readStream(stream));
    const fromPosition = second?.event?.position ?? START;
    const subscriber = follow(server.client.subscribeToAll({ fromPosition }), stream);
    await subscriber.until('caught-up');
    await subscriber.stop();
    expect(subscriber.log).toEqual(['confirmation', ...idsOf(events.slice(2)), 'caught-up']);
  });

  it('at the end with what is written after the confirmation', async () => {
    const { stream } = await writtenStream();
    const ofStream = follow(server.client.subscribeToStream(stream, { fromRevision: END }));
    const ofAll = follow(server.client.subscribeToAll({ fromPosition: END }), stream);
    await Promise.all([ofStream.until('caught-up'), ofAll.until('caught-up')]);
    const live = newEvent();
    await append(stream, live);
    await Promise.all([ofStream.until(live.id), ofAll.until(live.id)]);
    await Promise.all([ofStream.stop(), ofAll.stop()]);
    expect(ofStream.log).toEqual(['confirmation', 'caught-up', live.id]);
    expect(ofAll.log).toEqual(['confirmation', 'caught-up', live.id]);
  });

  it('after a revision that is not there yet with the one that follows it', async () => {
    const { stream } = await writtenStream(2);
    const subscriber = follow(server.client.subscribeToStream(stream, { fromRevision: 3n }));
    await subscriber.until('caught-up');
    const events = newEvents(4);
    for (const event of events) await append(stream, event);
    await subscriber.until(events.at(-1)?.id);
    await subscriber.stop();
    expect(subscriber.log).toEqual(['confirmation', 'caught-up', ...idsOf(events.slice(2))]);
  });

  it('of a stream that never was, or is soft-deleted, and waits for it', async () => {
    const missing = newStream();
    const { stream } = await writtenStream();
    await server.client.deleteStream(stream);
    for (const name of [missing, stream]) {
      const subscriber = follow(server.client.subscribeToStream(name));
      await subscriber.until('caught-up');
      const event = newEvent();
      await append(name, event);
      await subscriber.until(event.id);
      await subscriber.stop();
      expect(subscriber.log).toEqual(['confirmation', 'caught-up', event.id]);
    }
  });
});

describe('56: a tombstone', () => {
  it('refuses a subscription without confirmation', async () => {
    const { stream } = await writtenStream();
    await server.client.tombstoneStream(stream);
    const subscriber = follow(server.client.subscribeToStream(stream));
    expect(await rejection(subscriber.until('confirmation'))).toBeInstanceOf(StreamDeletedError);
    expect(subscriber.log).toEqual([]);
  });

  it('is the last event of a subscription, which then fails', async () => {
    const { stream, events } = await writtenStream(1);
    const subscriber = follow(server.client.subscribeToStream(stream));
    await subscriber.until('caught-up');
    await server.client.tombstoneStream(stream);
    expect(await rejection(subscriber.until('never'))).toMatchObject({ type: 'stream-deleted', streamName: stream });
    expect(subscriber.events.map(({ event }) => event?.type)).toEqual([events[0]?.type, '$streamDeleted']);
  });

  it('is passed by a live subscription to $all, which sees what comes after it', async () => {
    const { stream } = await writtenStream(1);
    const after = newStream();
    const subscriber = follow(server.client.subscribeToAll({ fromPosition: END }), after);
    await subscriber.until('caught-up');
    await server.client.tombstoneStream(stream);
    const event = newEvent();
    await append(after, event);
    await subscriber.until(event.id);
    await subscriber.stop();
    expect(subscriber.events).toHaveLength(1);
  });

  it('of a soft delete is none: the subscription goes on with the new events', async () => {
    const { stream } = await writtenStream(1);
    const subscriber = follow(server.client.subscribeToStream(stream, { fromRevision: END }));
    await subscriber.until('caught-up');
    await server.client.deleteStream(stream);
    const event = newEvent();
    await append(stream, event);
    await subscriber.until(event.id);
    await subscriber.stop();
    expect(subscriber.log).toEqual(['confirmation', 'caught-up', event.id]);
  });
});

describe('57: each event comes exactly once, in order', () => {
  it('with writers before, at and after the switch to live', async () => {
    const stream = newStream();
    const written: string[] = [];
    const write = async (count: number) => {
      for (let index = 0; index < count; index++) {
        const events = newEvents(7);
        await append(stream, events);
        written.push(...events.map(({ id }) => id));
      }
    };
    await write(100);
    const writing = write(150);
    const ofStream = follow(server.client.subscribeToStream(stream));
    const ofAll = follow(server.client.subscribeToAll({ fromPosition: START }), stream);
    await writing;
    await Promise.all([ofStream.until(written.at(-1)), ofAll.until(written.at(-1))]);
    await Promise.all([ofStream.stop(), ofAll.stop()]);
    expect(idsOf(ofStream.events)).toEqual(written);
    expect(idsOf(ofAll.events)).toEqual(written);
  });

  it('58: for a subscriber that stops for a while, too', async () => {
    const stream = newStream();
    await append(stream, newEvent());
    const subscription = server.client.subscribeToStream(stream, { fromRevision: END });
    const slow = follow(subscription);
    await slow.until('caught-up');
    subscription.pause();
    const batches = Array.from({ length: 60 }, () => newEvents(100));
    for (const batch of batches) await append(stream, batch);
    subscription.resume();
    const all = batches.flat();
    await slow.until(all.at(-1)?.id);
    await slow.stop();
    expect(idsOf(slow.events)).toEqual(idsOf(all));
  });

  it('metadata hides events of the catch-up, but not live ones', async () => {
    const { stream, events } = await writtenStream();
    await server.client.setStreamMetadata(stream, { maxCount: 2 });
    const subscriber = follow(server.client.subscribeToStream(stream));
    await subscriber.until('caught-up');
    const live = newEvents(4);
    await append(stream, live);
    await subscriber.until(live.at(-1)?.id);
    await subscriber.stop();
    expect(subscriber.log).toEqual(['confirmation', ...idsOf(events.slice(3)), 'caught-up', ...idsOf(live)]);
  });

  it('48: with links resolved, in catch-up and live', async () => {
    const { stream, events } = await writtenStream(2);
    const links = newStream('links');
    const link = (revision: number) =>
      raw.append(links, { type: '$>', 'content-type': 'x' }, Buffer.from(`${revision}@${stream}`));
    await link(0);
    const subscriber = follow(server.client.subscribeToStream(links, { resolveLinkTos: true }));
    await subscriber.until('caught-up');
    await link(1);
    await subscriber.until(events[1]?.id);
    await subscriber.stop();
    expect(idsOf(subscriber.events)).toEqual(idsOf(events));
  });
});

describe('59: checkpoints of a filtered subscription', () => {
  const prefix = newStream('checkpoint');
  const matching = `${prefix}-yes`;
  const subscription = (max: number, checkpointIntervalMultiplier: number, after: bigint): ReadOptions => ({
    ...SUBSCRIPTION,
    all: { position: { commitPosition: String(after), preparePosition: String(after) } },
    filter: { streamIdentifier: { prefix: [matching] }, max, checkpointIntervalMultiplier },
  });
  let from: bigint;
  let positions: bigint[];

  beforeAll(async () => {
    const { position } = await append(`${prefix}-before`, newEvent());
    from = position?.commit ?? 0n;
    for (let index = 0; index < 25; index++) await append(index % 5 === 4 ? matching : `${prefix}-no`, newEvent());
    const all = await Array.fromAsync(server.client.readAll());
    positions = all.flatMap(({ event }) => (event && event.position.commit > from ? [event.position.commit] : []));
  });

  itIsOurs('come after every so many examined events, once more at the end, and before caught-up', async () => {
    const call = raw.openRead(subscription(4, 2, from));
    const content = await contentOf(call, (messages) => messages.at(-1) === 'caught-up');
    const at = (index: number) => positions[index];
    expect(content).toEqual([
      'confirmation',
      `event ${at(4)}`,
      `checkpoint ${at(7)}`,
      `event ${at(9)}`,
      `event ${at(14)}`,
      `checkpoint ${at(15)}`,
      `event ${at(19)}`,
      `checkpoint ${at(23)}`,
      `event ${at(24)}`,
      `checkpoint ${at(24)}`,
      'caught-up',
    ]);
  });

  itIsOurs('come no second time at the end when the last examined event had one', async () => {
    const content = await contentOf(
      raw.openRead(subscription(5, 5, from)),
      (messages) => messages.at(-1) === 'caught-up',
    );
    expect(content.slice(-2)).toEqual([`checkpoint ${positions[24]}`, 'caught-up']);
    expect(content.filter((message) => message.startsWith('checkpoint')).length).toBe(1);
  });

  itIsOurs('do not come when nothing was examined', async () => {
    const last = (
      await Array.fromAsync(server.client.readAll({ direction: 'backwards', fromPosition: END, maxCount: 1 }))
    )[0];
    const content = await contentOf(
      raw.openRead(subscription(1, 1, last?.event?.position.commit ?? 0n)),
      (messages) => messages.at(-1) === 'caught-up',
    );
    expect(content).toEqual(['confirmation', 'caught-up']);
  });

  itIsOurs('count from the switch on when live, matching or not', async () => {
    const call = raw.openRead(subscription(3, 1, from));
    const written: bigint[] = [];
    let writing: Promise<void> | undefined;
    const content = await contentOf(call, (messages) => {
      if (messages.at(-1) === 'caught-up') {
        writing = (async () => {
          for (const stream of [`${prefix}-no`, matching, matching, `${prefix}-no`, matching]) {
            written.push((await append(stream, newEvent())).position?.commit ?? 0n);
          }
        })();
      }
      return messages.includes('caught-up') && messages.indexOf('caught-up') === messages.length - 5;
    });
    await writing;
    const live = content.slice(content.indexOf('caught-up') + 1);
    expect(live).toEqual([
      `event ${written[1]}`,
      `event ${written[2]}`,
      `checkpoint ${written[2]}`,
      `event ${written[4]}`,
    ]);
  });

  it('60: resuming after any of them loses and repeats nothing', async () => {
    const call = raw.openRead(subscription(3, 1, from));
    const content = await contentOf(call, (messages) => messages.at(-1) === 'caught-up');
    const checkpoints = content.flatMap((message) =>
      message.startsWith('checkpoint') ? [BigInt(message.slice('checkpoint '.length))] : [],
    );
    const all = content.filter((message) => message.startsWith('event'));
    expect(checkpoints.length).toBeGreaterThan(3);
    for (const checkpoint of checkpoints) {
      const rest = await contentOf(
        raw.openRead(subscription(3, 1, checkpoint)),
        (messages) => messages.at(-1) === 'caught-up',
      );
      const before = all.filter((message) => BigInt(message.slice('event '.length)) <= checkpoint);
      expect([...before, ...rest.filter((message) => message.startsWith('event'))]).toEqual(all);
    }
  });
});

it('61: an unsubscribed subscription leaves the connection usable', async () => {
  const { stream } = await writtenStream();
  for (let index = 0; index < 50; index++) {
    for await (const { event } of server.client.subscribeToStream(stream)) if (event) break;
  }
  expect((await append(stream, newEvent())).success).toBe(true);
});

it('63 (issue): a thousand subscribers at once each get every event', async () => {
  const stream = newStream();
  await append(stream, newEvent());
  const calls = Array.from({ length: 1000 }, () => raw.openRead({ ...SUBSCRIPTION, noFilter: {}, all: { end: {} } }));
  const written: string[] = [];
  let ready = 0;
  const done = calls.map((call) =>
    contentOf(call, (messages) => {
      if (messages.at(-1) === 'caught-up' && ++ready === calls.length) {
        void (async () => {
          for (let index = 0; index < 5; index++) {
            const { position } = await append(stream, newEvent());
            written.push(`event ${position?.commit}`);
          }
        })();
      }
      return messages.length === 7;
    }),
  );
  for (const content of await Promise.all(done)) expect(content).toEqual(['confirmation', 'caught-up', ...written]);
});
