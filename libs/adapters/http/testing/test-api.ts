import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import { createCommandRunner, createProjectionEngine, createRebuilds, createWorkflowEngine } from '#event-sourcing';
import { createPresenceWatch } from '#assignment/presence';
import type { Clock, EventStore, ReadModels } from '#event-sourcing';
import {
  createInMemoryDocuments,
  createInMemoryEventStore,
  createInMemoryHeartbeats,
  createScaledClock,
  createTestIds,
  createTestKeyRing,
  fixedClock,
  nothingToScavenge,
  readProjected,
} from '#event-sourcing-testing';
import type { InMemoryDocuments } from '#event-sourcing-testing';
import { catalogue, erasure, liveViews, projections, workflows } from '#product';
import { createSigner } from '#adapters/runtime';
import type { CallerRole } from '../auth/caller.js';
import { createHttpApi } from '../index.js';
import type { HttpApiOptions } from '../index.js';
import { createAnswerCheck } from './answer-check.js';
import type { AnswerCheck, Description } from './answer-check.js';
import { followInMemory } from './live-views.js';

const signingKey = Buffer.alloc(32, 1);
const issuer = 'test';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What an API answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Sent {
  readonly token?: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: string | Uint8Array<ArrayBuffer>;
}

export interface TestApi {
  readonly url: string;
  readonly store: EventStore;
  /** The models as the database would hold them. */
  readonly documents: InMemoryDocuments;
  /** `call('POST /v1/channels', {…})`, over a real socket. */
  call(route: string, sent?: Sent): Promise<Answer>;
  close(): Promise<void>;
}

export async function token(role: CallerRole, subject: string = role): Promise<string> {
  return new SignJWT({ role, name: subject })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setIssuer(issuer)
    .setAudience(issuer)
    .setExpirationTime('1 hour')
    .sign(signingKey);
}

/** The whole API on stores in memory. `around` may put faults before the event store. */
export async function startTestApi(
  changed: Partial<HttpApiOptions> & {
    readonly around?: (store: EventStore) => EventStore;
    readonly models?: (models: ReadModels) => ReadModels;
    /** The time of day of everything; stands still by default. */
    readonly clock?: Clock;
    /** Whether the workflows act. */
    readonly acting?: boolean;
    /** Whether `call` throws at an answer that `/openapi.json` does not describe. */
    readonly described?: boolean;
  } = {},
): Promise<TestApi> {
  const ids = createTestIds();
  const clock = changed.clock ?? fixedClock();
  const keys = createTestKeyRing();
  const inMemory = createInMemoryEventStore({ catalogue, clock, keys });
  const store = changed.around?.(inMemory) ?? inMemory;
  const documents = createInMemoryDocuments({ clock });
  const engine = createProjectionEngine({
    store: inMemory,
    documents,
    projections,
    clock: createScaledClock(10),
    erasure,
    holder: 'test',
    stumbled: ignore,
    failed: ignore,
  });
  await engine.start();
  const views = followInMemory(inMemory, liveViews);
  const runner = createCommandRunner({ store, catalogue, ids, clock });
  const models = readProjected(documents);
  const worker = createWorkflowEngine({
    workflows,
    ports: {
      store,
      runner,
      ids,
      clock: { ...createScaledClock(10), now: () => clock.now() },
      views,
      models,
      keys,
      scavenger: nothingToScavenge,
      sha256,
    },
    documents,
    holder: 'test',
    stumbled: ignore,
  });
  const heartbeats = createInMemoryHeartbeats(clock);
  const presence = createPresenceWatch(
    { heartbeats, documents, runner, views, ids, clock: { ...createScaledClock(100), now: () => clock.now() } },
    { holder: 'test', stumbled: ignore },
  );
  if (changed.acting) {
    await worker.start();
    await presence.start();
  }
  const api = await createHttpApi({
    ports: {
      EventStore: store,
      CommandRunner: runner,
      LiveViews: views,
      ReadModels: changed.models?.(models) ?? models,
      Ids: ids,
      Clock: clock,
      Secrets: { seal: (plain) => `sealed:${plain}`, open: (sealed) => sealed.replace('sealed:', '') },
      KeyRing: keys,
      Signer: createSigner(new Uint8Array(32).fill(1)),
      Rebuilds: createRebuilds({ documents, clock }),
      Heartbeats: heartbeats,
    },
    storeEpoch: 'test-store',
    tokens: { kind: 'own-key', key: signingKey, issuer, audience: issuer },
    commands: true,
    queries: true,
    requestsPerMinute: 1_000_000,
    health: [],
    lag: () => ({}),
    logger: pino({ level: 'silent' }),
    ...changed,
  });
  const { url } = await api.listen(0, '127.0.0.1');
  let check: Promise<AnswerCheck> | undefined;
  return {
    url,
    store: inMemory,
    documents,
    async call(route, { token: bearer, json, headers, raw } = {}) {
      const [method = 'GET', path = '/'] = route.split(' ');
      const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      });
      // A stream of events has no end to wait for.
      const streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
      if (streams) await response.body?.cancel();
      const text = streams ? '' : await response.text();
      const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
      const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : { text };
      if (changed.described && isJson) {
        check ??= describedBy(url);
        (await check)({ method, path, status: response.status, body: parsed });
      }
      return { status: response.status, headers: response.headers, body: parsed as Record<string, unknown> };
    },
    async close() {
      await api.close();
      await presence.stop();
      await worker.stop();
      views.close();
      await engine.stop();
    },
  };
}

async function describedBy(url: string): Promise<AnswerCheck> {
  const response = await fetch(`${url}/openapi.json`);
  return createAnswerCheck((await response.json()) as Description);
}

function ignore(): void {
  // What the engine stumbles over shows as a query that does not get there.
}
