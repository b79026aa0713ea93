import { beforeAll, describe, expect, it } from '@jest/globals';
import { BACKWARDS, END, FORWARDS, START, StreamNotFoundError, jsonEvent } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, EventData, Position } from '@eventstore/db-client';
import type { FilterOptions } from '../../protocol/messages/read.js';
import { FILTERED, RawClient } from './raw-client.js';
import { ServerUnderTest, idsOf, itIsOurs, newEvent, newEvents, newStream, rejection } from './server-under-test.js';

const server = new ServerUnderTest();
const raw = new RawClient(server);
const stream = newStream('read');
let events: EventData[];
let positions: Position[];

beforeAll(async () => {
  events = newEvents(10);
  await server.client.appendToStream(newStream('before'), newEvents(3));
  await server.client.appendToStream(stream, events);
  await server.client.appendToStream(newStream('after'), newEvents(3, 'other-thing'));
  const read = await Array.fromAsync(server.client.readStream(stream));
  positions = read.flatMap(({ event }) => (event ? [event.position ?? { commit: 0n, prepare: 0n }] : []));
});

describe('49: a stream read', () => {
  const read = async (...options: Parameters<typeof server.client.readStream>[1][]) =>
    (await Array.fromAsync(server.client.readStream(stream, options[0]))).map(({ event }) => Number(event?.revision));

  it('of a stream that never was finds no stream, and names it', async () => {
    const missing = newStream();
    const error = await rejection(Array.fromAsync(server.client.readStream(missing)));
    expect(error).toBeInstanceOf(StreamNotFoundError);
    expect(error).toMatchObject({ streamName: missing });
  });

  it('forwards begins at the revision, and ends with the stream', async () => {
    expect(await read({ fromRevision: 7n })).toEqual([7, 8, 9]);
    expect(await read({ fromRevision: START, maxCount: 2 })).toEqual([0, 1]);
    expect(await read({ fromRevision: 10n })).toEqual([]);
    expect(await read({ fromRevision: 10_000n })).toEqual([]);
  });

  it('backwards begins at the revision, or at the last', async () => {
    expect(await read({ direction: BACKWARDS, fromRevision: 2n })).toEqual([2, 1, 0]);
    expect(await read({ direction: BACKWARDS, fromRevision: END, maxCount: 3 })).toEqual([9, 8, 7]);
    expect(await read({ direction: BACKWARDS, fromRevision: 10_000n, maxCount: 1 })).toEqual([9]);
    expect(await read({ direction: BACKWARDS, fromRevision: START })).toEqual([0]);
  });

  itIsOurs('forwards from the end, or of no events, is empty', async () => {
    expect(await read({ fromRevision: END })).toEqual([]);
    expect(await read({ maxCount: 0 })).toEqual([]);
  });

  it('of many events gives each once, in order', async () => {
    const long = newStream();
    const many = newEvents(2500);
    for (let start = 0; start < many.length; start += 500)
      await server.client.appendToStream(long, many.slice(start, start + 500));
    expect(idsOf(await Array.fromAsync(server.client.readStream(long)))).toEqual(idsOf(many));
    const backwards = server.client.readStream(long, { direction: BACKWARDS, fromRevision: END });
    expect(idsOf(await Array.fromAsync(backwards))).toEqual(idsOf(many).toReversed());
  });
});

describe('49: a read of $all', () => {
  const revisionsFrom = async (options: Parameters<typeof server.client.readAll>[0]) => {
    const read = await Array.fromAsync(server.client.readAll(options));
    return read.filter(({ event }) => event?.streamId === stream).map(({ event }) => Number(event?.revision));
  };
  const positionOf = (revision: number) => positions[revision] ?? { commit: 0n, prepare: 0n };

  it('forwards begins at the position itself', async () => {
    expect(await revisionsFrom({ fromPosition: positionOf(7) })).toEqual([7, 8, 9]);
    expect(await revisionsFrom({ fromPosition: START, maxCount: 1000 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await revisionsFrom({ fromPosition: END })).toEqual([]);
  });

  it('backwards begins before the position', async () => {
    expect(await revisionsFrom({ direction: BACKWARDS, fromPosition: positionOf(2) })).toEqual([1, 0]);
    expect(await revisionsFrom({ direction: BACKWARDS, fromPosition: END })).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await Array.fromAsync(server.client.readAll({ direction: BACKWARDS, fromPosition: START }))).toEqual([]);
  });

  it('29: tells each event its position, and strictly increasing ones', async () => {
    const read = await Array.fromAsync(server.client.readAll({ direction: FORWARDS, fromPosition: START }));
    const commits = read.map(({ event }) => event?.position.commit ?? 0n);
    expect(commits).toEqual(commits.toSorted((a, b) => Number(a - b)));
    expect(new Set(commits).size).toBe(commits.length);
    expect(read.map(({ commitPosition }) => commitPosition)).toEqual(commits);
    expect(commits.every((commit) => commit >= 0n)).toBe(true);
  });

  it('50: counts what it delivers', async () => {
    expect((await Array.fromAsync(server.client.readAll({ maxCount: 5 }))).length).toBe(5);
  });

  it('32: begins again where it was left, without gap or double', async () => {
    const whole = idsOf(await Array.fromAsync(server.client.readAll()));
    const parts: (string | undefined)[] = [];
    let from: Position | typeof START = START;
    for (;;) {
      const page: AllStreamResolvedEvent[] = await Array.fromAsync(
        server.client.readAll({ fromPosition: from, maxCount: 4 }),
      );
      const isFirst = from === START;
      parts.push(...idsOf(isFirst ? page : page.slice(1)));
      const last: Position | undefined = page.at(-1)?.event?.position;
      if (page.length < 4 || !last) break;
      from = last;
    }
    expect(parts).toEqual(whole);
  });
});

describe('53: a filtered read of $all', () => {
  const prefix = newStream('filtered');
  const typesOf = async (filter: FilterOptions, count = 1000) => {
    const read = await raw.read({ ...FILTERED, count, filter });
    return read.map(({ event }) => event?.event?.metadata['type']);
  };
  const mine = (regex: string) => ({ streamIdentifier: { regex: `^${prefix}-.*${regex}` }, count: {} });

  beforeAll(async () => {
    for (const type of ['apple', 'banana', 'apricot', 'cherry'])
      await server.client.appendToStream(`${prefix}-${type}`, newEvent(type));
  });

  it('by prefixes of types or streams takes any of them', async () => {
    expect(await typesOf({ eventType: { prefix: ['app', 'che'] }, count: {} })).toEqual(['apple', 'cherry']);
    expect(await typesOf({ streamIdentifier: { prefix: [`${prefix}-b`] }, count: {} })).toEqual(['banana']);
    expect(await typesOf({ eventType: { prefix: ['none-such'] }, count: {} })).toEqual([]);
    expect(await typesOf({ eventType: {}, count: {} })).toEqual([]);
  });

  it('by a regular expression finds it anywhere', async () => {
    expect(await typesOf({ eventType: { regex: 'nan|rr' }, count: {} })).toEqual(['banana', 'cherry']);
    expect(await typesOf(mine('apple$'))).toEqual(['apple']);
  });

  it('50: counts matching events, and reads on to find them, however small the window', async () => {
    expect(await typesOf(mine('(apricot|cherry)$'), 1)).toEqual(['apricot']);
    expect(await typesOf({ eventType: { prefix: ['cherry'] }, max: 1 }, 1)).toEqual(['cherry']);
  });

  itIsOurs('that cannot be is refused', async () => {
    for (const filter of [
      { eventType: { regex: '(' }, count: {} },
      { eventType: { prefix: ['a'] }, max: 0 },
      { eventType: { prefix: ['a'] } },
      { count: {} },
    ]) {
      expect(await rejection(typesOf(filter))).toMatchObject({ code: 3 });
    }
  });
});

describe('52: a read', () => {
  it('that starts after an acknowledged append contains it, from any connection', async () => {
    const mine = newStream();
    for (let index = 0; index < 20; index++) {
      await server.client.appendToStream(mine, newEvent());
      expect((await Array.fromAsync(server.client.readStream(mine))).length).toBe(index + 1);
    }
  });

  it('61: may be left early, and the connection stays usable', async () => {
    for (let index = 0; index < 200; index++) {
      for await (const { event } of server.client.readAll()) if (event) break;
    }
    expect((await Array.fromAsync(server.client.readStream(stream, { maxCount: 1 }))).length).toBe(1);
  });
});

describe('46: a link', () => {
  const target = newStream('target');
  const readLinks = async (name: string, resolveLinkTos: boolean) =>
    (await Array.fromAsync(server.client.readStream(name, { resolveLinkTos }))).map(({ event, link }) => [
      event?.type,
      link?.type,
    ]);
  const link = (data: string) =>
    ({
      ...jsonEvent({ type: '$>', data: {} }),
      contentType: 'application/octet-stream',
      data: Buffer.from(data),
    }) as EventData;

  beforeAll(async () => {
    await server.client.appendToStream(target, [newEvent('first'), newEvent('second'), newEvent('third')]);
  });

  it('is an event like any other unless it is to be resolved', async () => {
    const links = newStream('links');
    await server.client.appendToStream(links, link(`1@${target}`));
    expect(await readLinks(links, false)).toEqual([['$>', undefined]]);
    expect(await readLinks(links, true)).toEqual([['second', '$>']]);
  });

  it('47: keeps the target to its own place, and stands for its own', async () => {
    const links = newStream('links');
    await server.client.appendToStream(links, [newEvent('ordinary'), link(`1@${target}`)]);
    const [, resolved] = await Array.fromAsync(server.client.readStream(links, { resolveLinkTos: true }));
    expect(resolved?.event).toMatchObject({ streamId: target, revision: 1n });
    expect(resolved?.link).toMatchObject({ streamId: links, revision: 1n });
    expect(resolved?.commitPosition).toBe(resolved?.link?.position?.commit);
  });

  it('47: to what cannot be read is a link without an event', async () => {
    const links = newStream('links');
    const hidden = newStream('hidden');
    const gone = newStream('gone');
    await server.client.appendToStream(hidden, newEvents(3));
    await server.client.setStreamMetadata(hidden, { truncateBefore: 2 });
    await server.client.appendToStream(gone, newEvent());
    await server.client.deleteStream(gone);
    await server.client.appendToStream(links, [
      link(`99@${target}`),
      link(`0@${newStream()}`),
      link(`1@${hidden}`),
      link(`0@${gone}`),
    ]);
    expect(await readLinks(links, true)).toEqual(Array.from({ length: 4 }, () => [undefined, '$>']));
  });

  it('47: is followed one step only', async () => {
    const links = newStream('links');
    await server.client.appendToStream(links, [link(`0@${target}`), link(`0@${links}`)]);
    expect(await readLinks(links, true)).toEqual([
      ['first', '$>'],
      ['$>', '$>'],
    ]);
  });

  itIsOurs('47: without a number stays as it is, without a stream has no event, and -1 is the newest', async () => {
    const links = newStream('links');
    await server.client.appendToStream(links, [link(`x@${target}`), link('nowhere'), link(`-1@${target}`)]);
    expect(await readLinks(links, true)).toEqual([
      ['$>', undefined],
      [undefined, '$>'],
      ['third', '$>'],
    ]);
  });

  it('48: is resolved in $all, too', async () => {
    const links = newStream('links');
    await server.client.appendToStream(links, link(`2@${target}`));
    const all = await Array.fromAsync(server.client.readAll({ resolveLinkTos: true }));
    expect(all.filter((event) => event.link?.streamId === links).map(({ event }) => event?.type)).toEqual(['third']);
  });
});

describe('63: system streams', () => {
  it('do not exist by themselves', async () => {
    for (const name of ['$ce-test', '$et-test', '$all-of-it']) {
      expect(await rejection(Array.fromAsync(server.client.readStream(name)))).toBeInstanceOf(StreamNotFoundError);
    }
  });

  it('64: and types with a dollar sign are written like others; only a real tombstone ends a stream', async () => {
    const mine = newStream('$mine');
    await server.client.appendToStream(mine, [newEvent('$ordinary'), newEvent('$streamDeleted')]);
    const read = await Array.fromAsync(server.client.readStream(mine));
    expect(read.map(({ event }) => event?.type)).toEqual(['$ordinary', '$streamDeleted']);
  });

  itIsOurs('64: a stream called $all is a stream', async () => {
    expect(await rejection(Array.fromAsync(server.client.readStream('$all')))).toBeInstanceOf(StreamNotFoundError);
  });
});

it('28: an event tells when it was written', async () => {
  const mine = newStream();
  const before = Date.now();
  await server.client.appendToStream(mine, newEvent());
  const [read] = await Array.fromAsync(server.client.readStream(mine));
  const created = read?.event?.created.getTime() ?? 0;
  expect(created).toBeGreaterThanOrEqual(before - 1000);
  expect(created).toBeLessThanOrEqual(Date.now() + 1000);
});
