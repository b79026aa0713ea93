import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { devSigningKey, issueToken } from '#adapters/dev-tokens';
import { eventually } from '../support/eventually.js';
import { run, startSystem, temporaryDirectory, type Answer, type Running, type System } from '../support/system.js';

describe('on two workers', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let system: System;
  let second: Running;
  let client: EventStoreDBClient;
  let channelId: string;
  const agents = ['ann', 'bob', 'cem'];

  const asAdmin = (route: string, body?: object): Promise<Answer> => {
    const [method = '', path = ''] = route.split(' ');
    return system.call(method, path, { role: 'admin', ...(body && { body }) });
  };

  beforeAll(async () => {
    directory = await temporaryDirectory();
    system = await startSystem(directory.path);
    const runtime = JSON.parse(await readFile(join(directory.path, 'runtime.json'), 'utf8')) as Record<string, string>;
    second = await run('apps/worker/main.js', {
      env: {
        DATA_DIR: directory.path,
        WORKER_ID: 'second',
        EVENTSTOREDB_URL: runtime['eventStoreUrl'] ?? '',
        MONGODB_URL: runtime['mongoUrl'] ?? '',
        KEYSTORE_URL: runtime['keyStoreUrl'] ?? '',
        MASTER_KEY_FILE: runtime['masterKeyFile'] ?? '',
      },
      ready: /worker is running/,
    });
    client = EventStoreDBClient.connectionString(runtime['eventStoreUrl'] ?? '');
    channelId = String((await asAdmin('POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
    const key = await devSigningKey(directory.path);
    for (const userId of agents) {
      await asAdmin('POST /v1/users', { userId, name: userId, role: 'agent' });
      await asAdmin(`PUT /v1/users/${userId}/channels`, { channelIds: [channelId] });
      const token = await issueToken(key, { userId, role: 'agent', name: userId });
      await system.call('PUT', '/v1/presence', { token, body: { state: 'online' } });
    }
    const teamId = String((await asAdmin('POST /v1/teams', { name: 'Desk' })).body['teamId']);
    await asAdmin(`PUT /v1/teams/${teamId}/members`, { userIds: agents });
    await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: 5 });
    await asAdmin('POST /v1/routing-rules', { to: { teamId, pick: 'roundRobin' } });
  }, 60_000);
  afterAll(async () => {
    await client.dispose();
    await second.kill();
    await system.running.kill();
    await directory.remove();
  });

  /** What routing has come to, in the log. */
  async function outcomes(): Promise<{ given: number; left: number }> {
    let [given, left] = [0, 0];
    for await (const { event } of client.readAll()) {
      const { cause, workflow } = (event?.data ?? {}) as { cause?: string; workflow?: string };
      if (event?.type === 'ConversationAssigned' && cause === 'routing') given++;
      if (event?.type === 'WorkflowToDoSettled' && workflow === 'when-nobody-has-it-then-route') left++;
    }
    return { given, left };
  }

  it('ASG-7: 64 simultaneous openings, three agents with a limit of five: exactly 15 assigned, 49 not', async () => {
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        system.call('POST', `/v1/channels/${channelId}/inbound`, {
          role: 'service',
          body: { externalMessageId: `m-${i}`, from: { externalUserId: `u-${i}` }, text: 'Hello' },
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    // Routing has had its say on each: the workflow has nothing left to do.
    await eventually(async () => {
      expect(await outcomes()).toEqual({ given: 15, left: 49 });
    }, 30);
    const shown = await eventually(async () => {
      const { body } = await asAdmin('GET /v1/queue?limit=200');
      const items = body['items'] as { assignee: { userId: string } | null }[];
      expect(items).toHaveLength(64);
      expect(items.filter(({ assignee }) => assignee !== null)).toHaveLength(15);
      return items.map(({ assignee }) => assignee?.userId);
    });
    for (const userId of agents) expect(shown.filter((one) => one === userId)).toHaveLength(5);
    expect((await asAdmin('GET /v1/queue/counters')).body).toMatchObject({ open: 64, unassigned: 49, teams: 0 });
  }, 60_000);
});
