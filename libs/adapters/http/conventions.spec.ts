import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#event-sourcing';
import { withFaults } from '#event-sourcing-testing';
import type { InjectedFault } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let fault: InjectedFault | undefined;
beforeAll(async () => {
  api = await startTestApi({
    around: (store) => withFaults(store, ({ method }) => (method === 'append' ? fault : undefined)),
  });
  admin = await token('admin');
  await api.call('GET /v1/users', { token: admin });
});
afterEach(() => {
  fault = undefined;
});
afterAll(async () => {
  await api.close();
});

const channel = { medium: 'custom', name: 'Shop' };

describe('a body', () => {
  it.each([
    ['that is no JSON', '{', 400, 'malformed-json'],
    ['of more than a megabyte', `{"name":"${'x'.repeat(1_048_576)}"}`, 413, 'body-too-large'],
    ['of a megabyte of arrays', '['.repeat(1_000_000), 400, 'malformed-json'],
    ['nested too deep', `{"name":${'['.repeat(500_000)}${']'.repeat(500_000)}}`, 400, 'validation'],
    ['that is a list', '[]', 400, 'validation'],
    ['that is empty', '', 400, 'validation'],
    ['that reaches for prototypes', '{"__proto__":{"medium":"custom"},"name":"x"}', 400, 'validation'],
  ])('%s is refused', async (_what, raw, status, code) => {
    const headers = { 'content-type': 'application/json' };
    expect(await api.call('POST /v1/channels', { token: admin, raw, headers })).toMatchObject({
      status,
      body: { type: `/problems/${code}`, status, instance: '/v1/channels' },
    });
  });

  it('of another type is refused', async () => {
    const headers = { 'content-type': 'text/xml' };
    expect(await api.call('POST /v1/channels', { token: admin, raw: '<a/>', headers })).toMatchObject({
      status: 415,
      body: { type: '/problems/unsupported-media-type' },
    });
  });
});

describe('an Idempotency-Key', () => {
  it('gives a command that an answer was lost of the same answer again', async () => {
    const sent = { token: admin, json: channel, headers: { 'idempotency-key': 'lost' } };
    fault = 'error-after';
    const lost = await api.call('POST /v1/channels', sent);
    expect(lost).toMatchObject({ status: 503, body: { type: '/problems/store-unavailable' } });
    expect(lost.headers.get('retry-after')).toBe('1');
    fault = undefined;
    const again = await api.call('POST /v1/channels', sent);
    const third = await api.call('POST /v1/channels', sent);
    expect(again.status).toBe(201);
    expect({ status: third.status, body: third.body }).toEqual({ status: again.status, body: again.body });
  });

  it('holds also when the wanted end was there already, and has been left since', async () => {
    const made = await api.call('POST /v1/contacts', { token: admin, json: { name: 'Ann' } });
    const path = `/v1/contacts/${String(made.body['contactId'])}/vip`;
    const headers = { 'idempotency-key': 'vip' };
    await api.call(`PUT ${path}`, { token: admin });
    const first = await api.call(`PUT ${path}`, { token: admin, headers });
    const off = await api.call(`DELETE ${path}`, { token: admin });
    const again = await api.call(`PUT ${path}`, { token: admin, headers });
    expect({ status: again.status, body: again.body }).toEqual({ status: first.status, body: first.body });
    const page = await api.call(`GET /v1/contacts/${String(made.body['contactId'])}`, {
      token: admin,
      headers: { 'ledger-position': String(off.body['position']) },
    });
    expect(page.body).toMatchObject({ vip: false });
  });

  it('of one caller is not that of another', async () => {
    const headers = { 'idempotency-key': 'mine' };
    const [one, other] = await Promise.all(
      [admin, await token('admin', 'eve')].map((bearer) =>
        api.call('POST /v1/channels', { token: bearer, json: channel, headers }),
      ),
    );
    expect(one?.body['channelId']).not.toBe(other?.body['channelId']);
  });

  it.each(['', 'a b', 'x'.repeat(256)])('that is none is refused: %j', async (key) => {
    const sent = { token: admin, json: channel, headers: { 'idempotency-key': key } };
    expect(await api.call('POST /v1/channels', sent)).toMatchObject({
      status: 400,
      body: { type: '/problems/validation' },
    });
  });
});

describe('Ledger-Position', () => {
  it('that nobody gave out is refused', async () => {
    const headers = { 'ledger-position': 'x' };
    expect(await api.call('GET /v1/queue', { token: admin, headers })).toMatchObject({ status: 400 });
  });

  it('of another store is gone', async () => {
    const headers = { 'ledger-position': Buffer.from('7.other').toString('base64url') };
    expect(await api.call('GET /v1/queue', { token: admin, headers })).toMatchObject({
      status: 410,
      body: { type: '/problems/position-unknown' },
    });
  });

  it('that the models do not reach is answered 503 (HIS-5)', async () => {
    const waited: number[] = [];
    const lagging = await startTestApi({
      models: (models) => ({
        ...models,
        waitFor: (_position, milliseconds) => {
          waited.push(milliseconds);
          return Promise.reject(new StoreUnavailable('documents', 'not there'));
        },
      }),
    });
    const headers = { 'ledger-position': Buffer.from('7.test-store').toString('base64url') };
    const answer = await lagging.call('GET /v1/queue', { token: admin, headers });
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/store-unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(waited).toEqual([5_000]);
    await lagging.close();
  });
});

describe('requests of one person', () => {
  it('are limited, with headers that say so; those of services are not', async () => {
    const strict = await startTestApi({ requestsPerMinute: 2 });
    const statuses: number[] = [];
    for (let n = 0; n < 3; n++) statuses.push((await strict.call('GET /v1/users', { token: admin })).status);
    expect(statuses).toEqual([200, 200, 429]);
    const over = await strict.call('GET /v1/users', { token: admin });
    expect(over.body).toMatchObject({ type: '/problems/too-many-requests', status: 429 });
    expect([over.headers.get('ratelimit-limit'), over.headers.get('ratelimit-remaining')]).toEqual(['2', '0']);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    const service = await token('service');
    for (let n = 0; n < 5; n++)
      expect(await strict.call('GET /v1/channels', { token: service })).toMatchObject({ status: 200 });
    await strict.close();
  });
});

describe('readiness', () => {
  it('says which part is not', async () => {
    const half = await startTestApi({
      health: [
        { name: 'eventStore', healthy: () => Promise.resolve(true) },
        { name: 'readModels', healthy: () => Promise.reject(new Error('down')) },
      ],
    });
    expect(await half.call('GET /health/live')).toMatchObject({ status: 200, body: { live: true } });
    expect(await half.call('GET /health/ready')).toMatchObject({
      status: 503,
      body: { ready: false, parts: { eventStore: true, readModels: false } },
    });
    await half.close();
  });
});

describe('the metrics', () => {
  it('count requests by route and commands by outcome, without an id', async () => {
    const { body } = await api.call('POST /v1/channels', { token: admin, json: channel });
    const text = String((await api.call('GET /metrics')).body['text']);
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="POST",route="\/v1\/channels",status="201"\} \d+/,
    );
    expect(text).toMatch(/commands_total\{command="ConnectChannel",outcome="accepted"\} \d+/);
    expect(text).toMatch(/commands_total\{command="ConnectChannel",outcome="failed"\} 1/);
    expect(text).not.toContain(String(body['channelId']));
  });
});

describe('every answer', () => {
  it('carries security headers and nothing about cookies', async () => {
    const { headers } = await api.call('GET /health/live');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect([headers.get('set-cookie'), headers.get('access-control-allow-origin')]).toEqual([null, null]);
  });

  it('to what is no HTTP is 400', async () => {
    const { hostname, port } = new URL(api.url);
    const answered = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write('NOT HTTP AT ALL\r\n\r\n'));
      socket.once('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
    });
    expect(answered).toMatch(/^HTTP\/1\.1 400 /);
  });
});
