import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDBClient, NO_STREAM, binaryEvent, jsonEvent } from '@eventstore/db-client';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEventStoreDB } from '#adapters/eventstoredb';
import { startEventStoreDB } from '#embedded/eventstoredb';
import type { RunningEventStoreDB } from '#embedded/eventstoredb';
import { ForeignStore } from '#event-sourcing';
import { createInMemoryDocuments, createTestKeyRing } from '#event-sourcing-testing';
import { append, clock, engineOver, inboxCatalogue, project, until } from '#event-sourcing-testing/projected-inbox';
import { copyLog } from './copy-log.js';
import type { CopyPhase, CopyReport } from './copy-log.js';
import { CopyRefused } from './copy-refused.js';

interface Node {
  readonly server: RunningEventStoreDB;
  readonly client: EventStoreDBClient;
  close(): Promise<void>;
}

async function startNode(): Promise<Node> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ledger-copy-'));
  const server = await startEventStoreDB({ dataDir, port: 0 });
  const client = EventStoreDBClient.connectionString(server.url);
  return {
    server,
    client,
    close: async () => {
      await client.dispose();
      await server.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

let source: Node;
let target: Node;

beforeEach(async () => {
  [source, target] = await Promise.all([startNode(), startNode()]);
});
afterEach(async () => {
  await Promise.all([source.close(), target.close()]);
});

const quiet = (): void => undefined;
const copy = (onProgress: (phase: CopyPhase, done: bigint, total: bigint) => void = quiet): Promise<CopyReport> =>
  copyLog({ from: source.server.url, to: target.server.url, onProgress });

const written = (type = 'written') => jsonEvent({ type, data: { text: randomUUID() }, metadata: { by: 'test' } });

/** What a reader of `$all` sees that is not the node's own, without what no copy can keep: positions and times. */
async function logOf({ client }: Node) {
  const log = (await Array.fromAsync(client.readAll())).flatMap(({ event }) => (event ? [event] : []));
  return log
    .filter(({ streamId }) => streamId !== '$epoch-information')
    .map(({ streamId, revision, id, type, isJson, data, metadata }) => {
      const serverGaveId = type === '$streamDeleted';
      return { streamId, revision, type, isJson, data, metadata, ...(!serverGaveId && { id }) };
    });
}

/** Ids that a reader of a stream sees, or why it sees none. */
async function readersOf({ client }: Node, stream: string): Promise<unknown[]> {
  try {
    const events = await Array.fromAsync(client.readStream(stream));
    return events.map(({ event }) => event?.id);
  } catch (error) {
    return [(error as { type: string }).type];
  }
}

describe('a copy', () => {
  it('has every event with its stream, revision, id, type, payload and metadata, in order', async () => {
    const { client } = source;
    await client.appendToStream('größe', [written('größe-geändert'), written()]);
    await client.appendToStream('bytes', binaryEvent({ type: 'bytes-came', data: Uint8Array.of(0, 255, 128) }));
    await client.appendToStream('größe', written());
    await client.appendToStream('links', binaryEvent({ type: '$>', data: Buffer.from('1@größe') }));
    await client.setStreamMetadata('größe', { maxCount: 2, colour: 'red' });
    await client.appendToStream('numbers', jsonEvent({ type: 'counted', data: { n: 0.1 } }));
    const report = await copy();
    expect(await logOf(target)).toEqual(await logOf(source));
    expect(report).toEqual({ events: 7, copied: 7, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await target.client.getStreamMetadata('größe')).metadata).toEqual({ maxCount: 2, colour: 'red' });
    const [resolved] = await Array.fromAsync(target.client.readStream('links', { resolveLinkTos: true }));
    expect(resolved?.event?.streamId).toBe('größe');
  });

  it('leaves out what the node writes for itself', async () => {
    await source.client.appendToStream('$stats-127.0.0.1:2113', written('$statsCollected'));
    await source.client.setStreamMetadata('$stats-127.0.0.1:2113', { maxAge: 3600 });
    await source.client.appendToStream('kept', written());
    expect((await copy()).events).toBe(1);
    expect((await logOf(target)).map(({ streamId }) => streamId)).toEqual(['kept']);
  });

  it('of large and many events is made of appends that a server accepts', async () => {
    const large = () => jsonEvent({ type: 'large', data: { text: 'x'.repeat(900_000) } });
    await source.client.appendToStream('large', large());
    await source.client.appendToStream('large', large());
    await source.client.appendToStream(
      'many',
      Array.from({ length: 1200 }, () => written()),
    );
    expect((await copy()).events).toBe(1202);
    expect(await logOf(target)).toEqual(await logOf(source));
  });
});

describe('in a copy', () => {
  it('a tombstoned stream is tombstoned, also one whose events are scavenged', async () => {
    for (const stream of ['ended', 'scavenged', 'never-was']) {
      if (stream !== 'never-was') await source.client.appendToStream(stream, [written(), written()]);
      await source.client.tombstoneStream(stream);
      if (stream === 'scavenged') await source.server.scavenge();
    }
    await copy();
    for (const stream of ['ended', 'scavenged', 'never-was'])
      expect(await readersOf(target, stream)).toEqual(['stream-deleted']);
    expect(await logOf(target)).toEqual(await logOf(source));
  });

  it('a soft-deleted stream is not found, also one deleted twice, and begins again where it would', async () => {
    for (const [stream, times] of [['once', 1] as const, ['twice', 2] as const]) {
      await source.client.appendToStream(stream, [written(), written()]);
      for (let time = 0; time < times; time++) await source.client.deleteStream(stream);
    }
    await copy();
    for (const stream of ['once', 'twice']) {
      expect(await readersOf(target, stream)).toEqual(['stream-not-found']);
      const again = await target.client.appendToStream(stream, written(), { expectedRevision: NO_STREAM });
      expect(again.nextExpectedRevision).toBe(2n);
    }
  });

  it('a stream that has begun again shows what is new, and the copy can be gone on with', async () => {
    const { client } = source;
    for (const revive of [
      () => client.appendToStream('again', written()),
      () => client.setStreamMetadata('again', { maxCount: 9 }),
    ]) {
      await client.appendToStream('again', [written(), written()]);
      await client.deleteStream('again');
      await revive();
      await copy();
      expect(await readersOf(target, 'again')).toEqual(await readersOf(source, 'again'));
    }
    await client.appendToStream('again', written());
    expect((await copy()).copied).toBe(1);
    expect(await readersOf(target, 'again')).toEqual(await readersOf(source, 'again'));
    expect((await target.client.getStreamMetadata('again')).metadata).toEqual(
      (await client.getStreamMetadata('again')).metadata,
    );
  });

  it('a stream that has lost its beginning begins with 0, and its $tb hides the same events', async () => {
    const { client } = source;
    await client.setStreamMetadata('cut', { truncateBefore: 3, note: 'first' });
    await client.appendToStream('cut', [written(), written(), written(), written(), written(), written()]);
    await source.server.scavenge();
    await client.setStreamMetadata('cut', { truncateBefore: 4 });
    await copy();
    expect(await readersOf(target, 'cut')).toEqual(await readersOf(source, 'cut'));
    const readable = await Array.fromAsync(target.client.readStream('cut'));
    expect(readable.map(({ event }) => event?.revision)).toEqual([1n, 2n]);
    expect((await target.client.getStreamMetadata('cut')).metadata).toEqual({ truncateBefore: 1 });
  });
});

describe('a copy that broke off', () => {
  it('is gone on with: what is there is not written again', async () => {
    for (let index = 0; index < 60; index++) await source.client.appendToStream(`stream-${index % 7}`, written());
    const breakOff = copy((phase, done) => {
      if (phase === 'copy' && done > 40n) throw new Error('broken off');
    });
    await expect(breakOff).rejects.toThrow('broken off');
    const before = (await logOf(target)).length;
    expect(before).toBeGreaterThan(30);
    expect(await copy()).toMatchObject({ events: 60, copied: 60 - before });
    expect(await logOf(target)).toEqual(await logOf(source));
  });

  it('or is complete writes nothing, and says the same', async () => {
    await source.client.appendToStream('stream', [written(), written()]);
    const first = await copy();
    expect(await copy()).toEqual({ ...first, copied: 0 });
  });

  it('tells how far it is, in the source’s positions', async () => {
    await source.client.appendToStream('stream', [written(), written()]);
    const told: string[] = [];
    await copy((phase, done, total) => told.push(`${phase} ${done}/${total}`));
    expect(told).toEqual(['survey', 'copy', 'verify'].flatMap((phase) => [1, 2, 3].map((n) => `${phase} ${n}/3`)));
  });
});

describe('a target that holds something else', () => {
  it.each([
    ['in place of an event', 1, /where event .* belongs: copy into an empty server/],
    ['beyond the source', 3, /which the source has not: copy into an empty server/],
  ])('%s is refused and left as it is', async (_, copied, message) => {
    const events = [written(), written()];
    await source.client.appendToStream('stream', events);
    await target.client.appendToStream('stream', [...events, written()].slice(0, copied));
    await target.client.appendToStream('other', written());
    const before = await logOf(target);
    await expect(copy()).rejects.toThrow(CopyRefused);
    await expect(copy()).rejects.toThrow(message);
    expect(await logOf(target)).toEqual(before);
  });

  it('while it is copied to is noticed', async () => {
    for (let index = 0; index < 20; index++) await source.client.appendToStream(`stream-${index}`, written());
    const interfering = new Promise<unknown>((resolve) => {
      const copying = copy((phase, done) => {
        if (phase === 'copy' && done === 2n) void target.client.appendToStream('stream-19', written());
      });
      copying.then(resolve, resolve);
    });
    expect(await interfering).toBeInstanceOf(CopyRefused);
  });
});

it('projections notice that a copy is of another history, and ask for a rebuild', async () => {
  const keys = createTestKeyRing();
  const connect = ({ server }: Node) => connectEventStoreDB({ url: server.url, catalogue: inboxCatalogue, keys });
  const [original, copied] = [connect(source), connect(target)];
  const documents = createInMemoryDocuments({ clock });
  // Not copied, and so everything after it has another position.
  await source.client.appendToStream('$stats-127.0.0.1:2113', written('$statsCollected'));
  await append(original, [
    { type: 'TalkBegan', data: { contact: 'ann', talk: 'ann.1' } },
    { type: 'ContactNamed', data: { contact: 'ann', name: 'Ann' } },
  ]);
  await project(original, documents);
  await copy();
  await append(copied, [{ type: 'TalkEnded', data: { contact: 'ann', talk: 'ann.1' } }]);
  const engine = engineOver(copied, documents);
  await engine.start();
  await until(() => engine.failures.length > 0);
  await engine.stop();
  expect(engine.failures[0]).toBeInstanceOf(ForeignStore);
  expect(engine.failures[0]?.message).toContain('rebuild --all');
  await Promise.all([original.close(), copied.close()]);
});

const streamName = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      stream: streamName,
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('delete' as const), stream: streamName, count: fc.constant(0) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('truncate' as const), stream: streamName, count: fc.nat(6) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('tombstone' as const), stream: streamName, count: fc.constant(0) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('scavenge' as const), stream: streamName, count: fc.constant(0) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What cannot be done, because the stream is gone or never was, is left out. */
async function take({ client, server }: Node, { do: what, stream, count }: Step): Promise<void> {
  const steps = {
    append: () =>
      client.appendToStream(
        stream,
        Array.from({ length: count }, () => written()),
      ),
    delete: () => client.deleteStream(stream),
    truncate: () => client.setStreamMetadata(stream, { truncateBefore: count }),
    tombstone: () => client.tombstoneStream(stream),
    scavenge: () => server.scavenge(),
  };
  await steps[what]().catch(() => undefined);
}

it('readers of a copy see what readers of the source see, whatever was done to it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.array(step, { maxLength: 10 }),
      async (first, later) => {
        const [from, to] = await Promise.all([startNode(), startNode()]);
        const withoutScavenge = later.filter((taken) => taken.do !== 'scavenge');
        try {
          for (const steps of [first, withoutScavenge]) {
            for (const taken of steps) await take(from, taken);
            await copyLog({ from: from.server.url, to: to.server.url, onProgress: quiet });
            for (const stream of ['a', 'b', 'c'])
              expect(await readersOf(to, stream)).toEqual(await readersOf(from, stream));
          }
        } finally {
          await Promise.all([from.close(), to.close()]);
        }
      },
    ),
    { numRuns: 5 },
  );
}, 60_000);
