import { beforeAll, describe, expect, it } from '@jest/globals';
import { END, START, StreamNotFoundError, jsonEvent } from '@eventstore/db-client';
import type { EventData } from '@eventstore/db-client';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { scavengeResponse, stopScavengeRequest } from '../../protocol/messages/node.js';
import { empty } from '../../protocol/messages/codec.js';
import { RawClient } from '../conformance/raw-client.js';
import { ServerUnderTest, idsOf, newEvents, newStream, rejection } from '../conformance/server-under-test.js';
import { follow } from '../conformance/subscriber.js';

const server = new ServerUnderTest();
const raw = new RawClient(server);
const OPERATIONS = '/event_store.client.operations.Operations';

/** Events whose data, metadata, type and id can be found in a file as bytes; some fit into a page, some do not. */
function canaries(count: number, size = 200): { events: EventData[]; bytes: Buffer[] } {
  const events = Array.from({ length: count }, () =>
    jsonEvent({
      type: `type-${randomUUID()}`,
      data: { text: randomUUID().repeat(size / 36) },
      metadata: { text: randomUUID() },
    }),
  );
  const bytes = events.flatMap(({ id, type, data, metadata }) => [
    Buffer.from(id.replaceAll('-', ''), 'hex'),
    Buffer.from(type),
    Buffer.from(data.text.slice(0, 36)),
    Buffer.from((metadata as { text: string }).text),
  ]);
  return { events, bytes };
}

/** In a process of its own: closing a descriptor of a live database file here would drop the server's locks. */
function remains(bytes: readonly Buffer[]): number {
  const paths = readdirSync(server.directory).map((name) => join(server.directory, name));
  const files = execFileSync('cat', paths, { maxBuffer: 2 ** 30 });
  return bytes.filter((canary) => files.includes(canary)).length;
}

async function written(count: number, size?: number) {
  const stream = newStream();
  const { events, bytes } = canaries(count, size);
  for (const event of events) await server.client.appendToStream(stream, event);
  return { stream, events, bytes };
}

const inAll = async (stream: string) => {
  const all = await Array.fromAsync(server.client.readAll());
  return all.filter(({ event }) => event?.streamId === stream).map(({ event }) => event);
};

describe('66: a scavenge removes', () => {
  it('what lies below $tb and $maxCount, and nothing else', async () => {
    const truncated = await written(5);
    const counted = await written(5);
    const untouched = await written(5);
    await server.client.setStreamMetadata(truncated.stream, { truncateBefore: 3 });
    await server.client.setStreamMetadata(counted.stream, { maxCount: 1 });
    await server.embedded.scavenge();
    expect((await inAll(truncated.stream)).map((event) => event?.revision)).toEqual([3n, 4n]);
    expect((await inAll(counted.stream)).map((event) => event?.revision)).toEqual([4n]);
    expect(idsOf(await Array.fromAsync(server.client.readStream(untouched.stream)))).toEqual(idsOf(untouched.events));
    expect(remains(truncated.bytes)).toBe(2 * 4);
    expect(remains(counted.bytes)).toBe(4);
    expect(remains(untouched.bytes)).toBe(5 * 4);
  });

  it('what is older than $maxAge, but the last event', async () => {
    const { stream } = await written(3);
    await server.client.setStreamMetadata(stream, { maxAge: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await server.embedded.scavenge();
    expect((await inAll(stream)).map((event) => event?.revision)).toEqual([2n]);
    expect(await Array.fromAsync(server.client.readStream(stream))).toEqual([]);
  });

  it('everything of a tombstoned stream but the tombstone, and all its metadata', async () => {
    const { stream, bytes } = await written(20, 20_000);
    const secret = randomUUID();
    await server.client.setStreamMetadata(stream, { secret });
    await server.client.tombstoneStream(stream);
    await server.embedded.scavenge();
    expect((await inAll(stream)).map((event) => event?.type)).toEqual(['$streamDeleted']);
    expect(await inAll(`$$${stream}`)).toEqual([]);
    expect(remains([...bytes, Buffer.from(secret)])).toBe(0);
    expect(await rejection(Array.fromAsync(server.client.readStream(stream)))).toMatchObject({
      type: 'stream-deleted',
    });
  });

  it('all metadata but the newest', async () => {
    const { stream } = await written(1);
    for (const maxAge of [1000, 2000, 3000]) await server.client.setStreamMetadata(stream, { maxAge });
    await server.embedded.scavenge();
    expect((await inAll(`$$${stream}`)).map((event) => event?.data)).toEqual([{ $maxAge: 3000 }]);
    expect((await server.client.getStreamMetadata(stream)).metadata).toEqual({ maxAge: 3000 });
  });
});

describe('67: a scavenge keeps', () => {
  it('the last event of a soft-deleted stream, unreadable, and its revisions', async () => {
    const { stream, events } = await written(4);
    await server.client.deleteStream(stream);
    await server.embedded.scavenge();
    expect((await inAll(stream)).map((event) => event?.id)).toEqual([events[3]?.id]);
    expect(await rejection(Array.fromAsync(server.client.readStream(stream)))).toBeInstanceOf(StreamNotFoundError);
    const { nextExpectedRevision } = await server.client.appendToStream(stream, newEvents(1));
    expect(nextExpectedRevision).toBe(4n);
  });

  it('every position as a start, and the next one', async () => {
    const { stream } = await written(6);
    const removed = (await inAll(stream))[1]?.position ?? { commit: 0n, prepare: 0n };
    const { position: before } = await server.client.setStreamMetadata(stream, { truncateBefore: 5 });
    await server.embedded.scavenge();
    const after = await Array.fromAsync(server.client.readAll({ fromPosition: removed }));
    expect(after.filter(({ event }) => event?.streamId === stream).map(({ event }) => event?.revision)).toEqual([5n]);
    const { position } = await server.client.appendToStream(stream, newEvents(1));
    expect(position?.commit).toBe((before?.commit ?? 0n) + 1n);
  });

  it('everything readable after a restart', async () => {
    const before = await Array.fromAsync(server.client.readAll());
    await server.restart();
    expect(await Array.fromAsync(server.client.readAll())).toEqual(before);
  });
});

describe('68: afterwards', () => {
  it('a retry of removed events is written with any, and a wrong version with no stream', async () => {
    const { stream, events } = await written(3);
    await server.client.setStreamMetadata(stream, { truncateBefore: 2 });
    await server.embedded.scavenge();
    const withNoStream = server.client.appendToStream(stream, events, { expectedRevision: 'no_stream' });
    expect(await rejection(withNoStream)).toMatchObject({ type: 'wrong-expected-version' });
    expect((await server.client.appendToStream(stream, events.slice(0, 2))).nextExpectedRevision).toBe(4n);
  });

  it('a link to a removed event has no event', async () => {
    const { stream } = await written(3);
    const links = newStream('links');
    await raw.append(links, { type: '$>', 'content-type': 'x' }, Buffer.from(`0@${stream}`));
    await server.client.setStreamMetadata(stream, { truncateBefore: 2 });
    await server.embedded.scavenge();
    const [link] = await Array.fromAsync(server.client.readStream(links, { resolveLinkTos: true }));
    expect([link?.event, link?.link?.streamId]).toEqual([undefined, links]);
  });
});

describe('65: by gRPC', () => {
  it('StartScavenge answers at once with an id, StopScavenge of another id finds none', async () => {
    const { scavengeId, scavengeResult } = await raw.unary(`${OPERATIONS}/StartScavenge`, empty, scavengeResponse, {});
    expect(scavengeId).toMatch(/^[0-9a-f-]{36}$/);
    expect(scavengeResult).toBe(1);
    await server.embedded.scavenge();
    const stop = raw.unary(`${OPERATIONS}/StopScavenge`, stopScavengeRequest, scavengeResponse, {
      options: { scavengeId: 'none' },
    });
    const error = (await rejection(stop)) as { code: number; metadata: { get(name: string): unknown[] } };
    expect(error.code).toBe(5);
    expect(error.metadata.get('exception')).toEqual(['scavenge-not-found']);
    expect(error.metadata.get('scavenge-id')).toEqual(['none']);
  });

  it('StopScavenge of the current one answers when it has stopped, and the next scavenge goes on', async () => {
    const { stream, bytes } = await written(200);
    await server.client.tombstoneStream(stream);
    const { scavengeId } = await raw.unary(`${OPERATIONS}/StartScavenge`, empty, scavengeResponse, {});
    const stopped = await raw.unary(`${OPERATIONS}/StopScavenge`, stopScavengeRequest, scavengeResponse, {
      options: { scavengeId: 'current' },
    });
    expect(stopped).toEqual({ scavengeId, scavengeResult: 2 });
    expect(remains(bytes)).toBeGreaterThan(0);
    await server.embedded.scavenge();
    expect(remains(bytes)).toBe(0);
  });
});

describe('66: where events had moved, because others were removed before them,', () => {
  it('a scavenge leaves no byte either', async () => {
    const groups = Array.from({ length: 4 }, () => ({ marker: `group-${randomUUID()}`, streams: [] as string[] }));
    for (let round = 0; round < 12; round++) {
      const appended = Array.from({ length: 400 }, async (_, n) => {
        const { marker, streams } = groups[n % groups.length] ?? { marker: '', streams: [] };
        const stream = (streams[Math.floor(n / groups.length)] ??= newStream());
        const texts = Array.from({ length: 1 + ((n * 31 + round) % 4) }, (_each, at) =>
          'x'.repeat((n * 7919 + round * 104_729 + at * 31) % 601),
        );
        await server.client.appendToStream(
          stream,
          texts.map((text) => jsonEvent({ type: 'Moved', data: { text: marker + text } })),
        );
      });
      await Promise.all(appended);
    }
    for (const { marker, streams } of groups.slice(1)) {
      for (const stream of streams) await server.client.tombstoneStream(stream);
      await server.embedded.scavenge();
      expect(remains([Buffer.from(marker)])).toBe(0);
    }
    const [left] = groups;
    expect(remains([Buffer.from(left?.marker ?? '')])).toBe(1);
  });
});

describe('69: while appends, reads and subscriptions go on', () => {
  let bytes: Buffer[];
  let survivors: string[];

  beforeAll(async () => {
    const victims = await Promise.all(Array.from({ length: 20 }, () => written(50, 3000)));
    for (const { stream } of victims) await server.client.tombstoneStream(stream);
    bytes = victims.flatMap((victim) => victim.bytes);
    survivors = [];
    const stream = newStream();
    const subscriber = follow(server.client.subscribeToAll({ fromPosition: END }), stream);
    await subscriber.until('caught-up');
    const scavenge = server.embedded.scavenge();
    const state = { isRunning: true };
    void scavenge.finally(() => {
      state.isRunning = false;
    });
    for (let round = 0; state.isRunning || round < 10; round++) {
      const events = newEvents(20);
      await server.client.appendToStream(stream, events);
      survivors.push(...events.map(({ id }) => id));
      await Array.fromAsync(server.client.readAll({ fromPosition: START, maxCount: 500 }));
    }
    expect(await scavenge).toMatchObject({ end: 'completed' });
    await subscriber.until(survivors.at(-1));
    await subscriber.stop();
    expect(idsOf(subscriber.events)).toEqual(survivors);
    expect(idsOf(await Array.fromAsync(server.client.readStream(stream)))).toEqual(survivors);
  });

  it('it leaves no byte of what it removed', () => {
    expect(remains(bytes)).toBe(0);
  });
});
