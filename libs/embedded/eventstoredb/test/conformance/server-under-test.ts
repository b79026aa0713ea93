import { afterAll, beforeAll, it } from '@jest/globals';
import { EventStoreDBClient, binaryEvent, jsonEvent } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, EventData, ResolvedEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventStoreDB } from '../../index.js';
import type { EventStoreDBOptions, RunningEventStoreDB } from '../../index.js';

const external = process.env['EVENTSTOREDB_URL'];

/** A test of what holds for the embedded server only: where the real one has room, or is not worth copying. */
export const itIsOurs: typeof it | (() => undefined) = external === undefined ? it : () => undefined;

/** The server of a file of tests: the one of EVENTSTOREDB_URL, otherwise an embedded one on a directory of its own. */
export class ServerUnderTest {
  #embedded: RunningEventStoreDB | undefined;
  #directory: string | undefined;
  #client: EventStoreDBClient | undefined;

  constructor(readonly options: Partial<EventStoreDBOptions> = {}) {
    beforeAll(() => this.start());
    afterAll(async () => {
      await this.stop();
      if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true });
    });
  }

  get url(): string {
    return external ?? this.embedded.url;
  }

  get embedded(): RunningEventStoreDB {
    if (!this.#embedded) throw new Error('the server is not running');
    return this.#embedded;
  }

  get directory(): string {
    if (this.#directory === undefined) throw new Error('the server was never started');
    return this.#directory;
  }

  get client(): EventStoreDBClient {
    this.#client ??= EventStoreDBClient.connectionString(this.url);
    return this.#client;
  }

  async start(): Promise<void> {
    if (external !== undefined) return;
    this.#directory ??= mkdtempSync(join(tmpdir(), 'eventstoredb-'));
    this.#embedded = await startEventStoreDB({ dataDir: this.#directory, port: 0, ...this.options });
  }

  async stop(): Promise<void> {
    await this.#client?.dispose();
    this.#client = undefined;
    await this.#embedded?.close();
    this.#embedded = undefined;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }
}

/** A stream name that no other test uses. */
export function newStream(prefix = 'test'): string {
  return `${prefix}-${randomUUID()}`;
}

export function newEvent(type = 'something-happened', data: Record<string, unknown> = {}): EventData {
  return jsonEvent({ type, data });
}

export function newEvents(count: number, type?: string): EventData[] {
  return Array.from({ length: count }, (_, index) => newEvent(type, { index }));
}

export function newBinaryEvent(bytes: Uint8Array): EventData {
  return binaryEvent({ type: 'bytes-came', data: bytes });
}

/** Ids of what a reader got, in order. */
export function idsOf(events: readonly (ResolvedEvent | AllStreamResolvedEvent | EventData)[]): (string | undefined)[] {
  return events.map((event) => ('id' in event ? event.id : event.event?.id));
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('was expected to be rejected, but was not');
}
