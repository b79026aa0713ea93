import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { StoreUnavailable } from '#event-sourcing';
import { startTestApi, token } from '../testing/test-api.js';
import type { TestApi } from '../testing/test-api.js';

describe('the log (S5)', () => {
  let api: TestApi;
  let broken: TestApi;
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
  beforeAll(async () => {
    api = await startTestApi({ logger });
    broken = await startTestApi({
      logger,
      models: (models) => ({
        ...models,
        position: () => Promise.reject(new StoreUnavailable('documents', 'mongodb://user:canary-password@host')),
        get: () => Promise.reject(new Error('E11000 duplicate key: { phone: "canary-phone" }')),
      }),
    });
  });
  afterAll(async () => {
    await Promise.all([api.close(), broken.close()]);
  });

  it('tells what was called and how it went, and nothing that anybody sent', async () => {
    const admin = await token('admin', 'canary-subject');
    const json = { medium: 'whatsapp', name: 'canary-name', settings: { appSecret: 'canary-secret' } };
    await api.call('POST /v1/channels', { token: admin, json });
    await api.call('GET /v1/contacts/canary-id', { token: admin });
    await api.call('GET /v1/queue?q=canary-query', { token: `${admin.slice(0, -4)}canary-token` });
    expect(await broken.call('GET /v1/queue', { token: admin })).toMatchObject({ status: 503 });

    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      entries.filter(({ msg }) => msg === 'request').map(({ method, route, status }) => [method, route, status]),
    ).toEqual([
      ['POST', '/v1/channels', 201],
      ['GET', '/v1/contacts/:contactId', 404],
      ['GET', '/v1/queue', 401],
      ['GET', '/v1/queue', 503],
    ]);
    expect(entries.filter(({ msg }) => msg === 'not available')).toMatchObject([
      { problem: 'store-unavailable', error: 'StoreUnavailable' },
    ]);
    expect(lines.join('')).not.toContain('canary');
    expect(lines.join('')).not.toContain(admin);
  });

  it('names an error that nobody expected by its kind and place, never by its words', async () => {
    const patient = await startTestApi({
      logger,
      models: (models) => ({ ...models, get: () => Promise.reject(new Error('canary-phone')) }),
    });
    lines.length = 0;
    expect(await patient.call('GET /v1/contacts/x', { token: await token('admin') })).toMatchObject({
      status: 500,
      body: { type: '/problems/internal' },
    });
    const [entry] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entry).toMatchObject({ msg: 'failed', problem: 'internal', error: 'Error' });
    expect(entry?.['at']).toContainEqual(expect.stringContaining('logging.spec.ts'));
    expect(lines.join('')).not.toContain('canary');
    await patient.close();
  });
});
