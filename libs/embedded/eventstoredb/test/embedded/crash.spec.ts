import { afterAll, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, EventData } from '@eventstore/db-client';
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startChildServer } from './child-server.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 20);
const WRITERS = 16;
const directory = mkdtempSync(join(tmpdir(), 'eventstoredb-crash-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** One append, and what came of it as far as the writer knows. */
interface Attempt {
  readonly stream: string;
  readonly events: EventData[];
  acknowledged?: { revision: bigint; position: bigint };
}

/** Appends to streams of its own and shared ones until the server dies. */
async function write(client: EventStoreDBClient, attempts: Attempt[], writer: number): Promise<void> {
  for (;;) {
    const stream = randomInt(2) === 0 ? `writer-${writer}` : `shared-${randomInt(4)}`;
    const size = randomInt(20) === 0 ? 3000 : 50;
    const events = Array.from({ length: 1 + randomInt(9) }, () =>
      jsonEvent({ type: 'written', data: { text: randomUUID().repeat(size / 36 + 1) } }),
    );
    const attempt: Attempt = { stream, events };
    attempts.push(attempt);
    try {
      const { nextExpectedRevision, position } = await client.appendToStream(stream, events);
      attempt.acknowledged = { revision: nextExpectedRevision, position: position?.commit ?? 0n };
    } catch {
      return;
    }
  }
}

/** Every attempt is in the log altogether or not at all, as it was sent and where the reply said. */
function check(attempts: readonly Attempt[], log: readonly AllStreamResolvedEvent[]): Attempt[] {
  const places = new Map(log.map(({ event }, index) => [event?.id, { event, index }]));
  expect(places.size).toBe(log.length);
  const revisions = new Map<string, bigint>();
  for (const { event } of log) {
    if (!event) throw new Error('an event is missing');
    expect(event.revision).toBe((revisions.get(event.streamId) ?? -1n) + 1n);
    revisions.set(event.streamId, event.revision);
  }
  return attempts.filter(({ stream, events, acknowledged }) => {
    const found = events.map(({ id }) => places.get(id));
    if (found.every((place) => place === undefined)) {
      expect(acknowledged).toBeUndefined();
      return true;
    }
    const first = found[0]?.index ?? NaN;
    expect(found.map((place) => place?.index)).toEqual(events.map((_, index) => first + index));
    expect(found.map((place) => [place?.event?.streamId, place?.event?.data])).toEqual(
      events.map(({ data }) => [stream, data]),
    );
    const last = found.at(-1)?.event;
    if (acknowledged) expect(acknowledged).toEqual({ revision: last?.revision, position: last?.position.commit });
    return false;
  });
}

it(
  `${ROUNDS} times killed under load: what was acknowledged is there, once, unchanged, in order, and no append in part`,
  async () => {
    const attempts: Attempt[] = [];
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const server = await startChildServer(directory);
      const client = EventStoreDBClient.connectionString(server.url);
      const sofar = attempts.length;
      const missing = check(attempts, await Array.fromAsync(client.readAll()));
      // A writer that was not answered asks again: what was written is not written twice, what was not is now.
      for (const attempt of attempts.slice(-WRITERS * 2)) {
        const isMissing = missing.includes(attempt);
        const { nextExpectedRevision, position } = await client.appendToStream(attempt.stream, attempt.events);
        if (attempt.acknowledged && !isMissing) expect(nextExpectedRevision).toBe(attempt.acknowledged.revision);
        attempt.acknowledged = { revision: nextExpectedRevision, position: position?.commit ?? 0n };
      }
      const writing = Array.from({ length: WRITERS }, (_, writer) => write(client, attempts, writer));
      await setTimeout(randomInt(20, 250));
      await server.kill();
      await Promise.all(writing);
      await client.dispose().catch(() => undefined);
      acknowledged += attempts.slice(sofar).filter((attempt) => attempt.acknowledged).length;
    }
    expect(acknowledged).toBeGreaterThan(ROUNDS);
  },
  ROUNDS * 20_000,
);
