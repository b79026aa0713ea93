import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { run, startSystem, temporaryDirectory, type Running, type System } from '../support/system.js';

type Server = 'eventstoredb' | 'mongodb';

describe('when a store is away', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let system: System;
  let channelId: string;
  const servers = new Map<Server, { running: Running; port: string }>();

  async function startServer(server: Server, port = '0'): Promise<string> {
    const running = await run(`libs/embedded/${server}/main.js`, {
      args: ['--port', port, '--data', join(directory.path, `outside-${server}`)],
      ready: /listening on (\S+:(\d+)\S*)/,
    });
    servers.set(server, { running, port: running.ready[2] ?? '' });
    return running.ready[1] ?? '';
  }
  const stop = async (server: Server) => servers.get(server)?.running.kill();
  const bringBack = async (server: Server) => startServer(server, servers.get(server)?.port);

  const inbound = (externalMessageId: string) =>
    system.call('POST', `/v1/channels/${channelId}/inbound`, {
      role: 'service',
      body: { externalMessageId, from: { externalUserId: `user-${externalMessageId}` }, text: 'Hello?' },
    });

  beforeAll(async () => {
    directory = await temporaryDirectory();
    const [eventStoreUrl, mongoUrl] = await Promise.all([startServer('eventstoredb'), startServer('mongodb')]);
    system = await startSystem(join(directory.path, 'data'), {
      EVENTSTOREDB_URL: eventStoreUrl,
      MONGODB_URL: mongoUrl,
    });
    const body = { medium: 'custom', name: 'Shop' };
    channelId = String((await system.call('POST', '/v1/channels', { role: 'admin', body })).body['channelId']);
    expect((await inbound('before')).status).toBe(201);
  }, 60_000);
  afterAll(async () => {
    await system.running.kill();
    for (const { running } of servers.values()) await running.kill();
    await directory.remove();
  });

  it('MongoDB stopped: commands go on, queries answer 503 with Retry-After, and the models catch up afterwards', async () => {
    await stop('mongodb');
    expect((await inbound('without-mongodb')).status).toBe(201);
    const query = await system.call('GET', '/v1/queue', { role: 'agent' });
    expect({
      status: query.status,
      type: query.headers.get('content-type'),
      retry: query.headers.has('retry-after'),
    }).toEqual({
      status: 503,
      type: 'application/problem+json; charset=utf-8',
      retry: true,
    });
    const ready = await system.call('GET', '/health/ready');
    expect(ready.status).toBe(503);
    await bringBack('mongodb');
    await eventually(async () => {
      const queue = await system.call('GET', '/v1/queue', { role: 'agent' });
      expect(queue.body).toHaveProperty('items.length', 2);
    }, 40);
  }, 120_000);

  it('EventStoreDB stopped: commands answer 503, and nothing is half done', async () => {
    await stop('eventstoredb');
    const refused = await inbound('without-eventstoredb');
    expect({ status: refused.status, retry: refused.headers.has('retry-after') }).toEqual({ status: 503, retry: true });
    const query = await system.call('GET', '/v1/queue', { role: 'agent' });
    expect({ status: query.status, items: (query.body['items'] as unknown[]).length }).toEqual({
      status: 200,
      items: 2,
    });
    await bringBack('eventstoredb');
    const sent = await eventually(async () => {
      const again = await inbound('without-eventstoredb');
      expect([200, 201]).toContain(again.status);
      return again;
    }, 40);
    await eventually(async () => {
      const path = `/v1/conversations/${String(sent.body['conversationId'])}/messages`;
      const messages = await system.call('GET', path, { role: 'agent' });
      expect(messages.body['items']).toHaveLength(1);
      const queue = await system.call('GET', '/v1/queue', { role: 'agent' });
      expect(queue.body).toHaveProperty('items.length', 3);
    }, 40);
  }, 120_000);
});
