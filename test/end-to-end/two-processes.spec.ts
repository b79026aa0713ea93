import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreDBClient, StreamDeletedError, StreamNotFoundError } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import {
  caller,
  run,
  startSystem,
  temporaryDirectory,
  type Answer,
  type Running,
  type System,
} from '../support/system.js';

const races = process.env['LONG_RUN'] ? 200 : 20;

describe('on two API processes', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let system: System;
  let second: Running;
  let client: EventStoreDBClient;
  let channelId: string;
  let calls: System['call'][];

  beforeAll(async () => {
    directory = await temporaryDirectory();
    system = await startSystem(directory.path);
    const runtime = JSON.parse(await readFile(join(directory.path, 'runtime.json'), 'utf8')) as Record<string, string>;
    second = await run('apps/standalone/api.js', {
      env: {
        PORT: '0',
        DATA_DIR: directory.path,
        EVENTSTOREDB_URL: runtime['eventStoreUrl'] ?? '',
        MONGODB_URL: runtime['mongoUrl'] ?? '',
        KEYSTORE_URL: runtime['keyStoreUrl'] ?? '',
        MASTER_KEY_FILE: runtime['masterKeyFile'] ?? '',
      },
      ready: /listening on (\S+)/,
    });
    calls = [system.call, caller(second.ready[1] ?? '', system.tokens)];
    client = EventStoreDBClient.connectionString(runtime['eventStoreUrl'] ?? '');
    const connected = await system.call('POST', '/v1/channels', {
      role: 'admin',
      body: { medium: 'custom', name: 'Shop' },
    });
    channelId = String(connected.body['channelId']);
    await eventually(async () => {
      expect((await (calls[1] ?? system.call)('GET', `/v1/channels/${channelId}`, { role: 'admin' })).status).toBe(200);
    });
  }, 60_000);
  afterAll(async () => {
    await client.dispose();
    await second.kill();
    await system.running.kill();
    await directory.remove();
  });

  const inbound = (process: number, externalMessageId: string, externalUserId: string): Promise<Answer> =>
    (calls[process % 2] ?? system.call)('POST', `/v1/channels/${channelId}/inbound`, {
      role: 'service',
      body: {
        externalMessageId,
        from: { externalUserId, displayName: 'Amina Okafor' },
        text: `Message ${externalMessageId}`,
      },
    });
  const distinct = (answers: readonly Answer[], field: string) => new Set(answers.map((answer) => answer.body[field]));

  it('CON-2: 64 simultaneous first messages of one person make one contact, one conversation, 64 messages', async () => {
    const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => inbound(i, `first-${i}`, 'u-first')));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(distinct(answers, 'contactId').size).toBe(1);
    expect(distinct(answers, 'conversationId').size).toBe(1);
    expect(distinct(answers, 'messageId').size).toBe(64);
    const [conversationId] = distinct(answers, 'conversationId');
    await eventually(async () => {
      const path = `/v1/conversations/${String(conversationId)}/messages?limit=200`;
      const messages = await system.call('GET', path, { role: 'agent' });
      expect(messages.body['items']).toHaveLength(64);
    });
  }, 60_000);

  it(`R10: ${races} times, an opener that races with the deletion never leaves a stream of the erased contact`, async () => {
    for (let race = 0; race < races; race++) {
      const user = `u-race-${race}`;
      const first = await inbound(0, `race-${race}-first`, user);
      const contactId = String(first.body['contactId']);
      await system.call('POST', `/v1/conversations/${String(first.body['conversationId'])}/close`, {
        role: 'agent',
        body: {},
      });
      const [deleted, ...answers] = await Promise.all([
        system.call('DELETE', `/v1/contacts/${contactId}`, {
          role: 'admin',
          body: { hint: 'A•••• O••••', reason: 'requested' },
        }),
        ...Array.from({ length: 16 }, (_, i) => inbound(i, `race-${race}-${i}`, user)),
      ]);
      expect(deleted.status).toBe(202);
      for (const answer of answers) expect([200, 201]).toContain(answer.status);
      await eventually(async () => {
        const erasure = await system.call('GET', '/v1/audit/deleted-contacts?limit=1', { role: 'auditor' });
        expect(JSON.stringify(erasure.body)).toContain(contactId);
        await expectGone(`contact-${contactId}`);
        for (let n = 1; n <= 6; n++) await expectGone(`conversation-${contactId}.${n}`);
      });
      const after = await inbound(1, `race-${race}-after`, user);
      expect(after.status).toBe(201);
      expect(after.body['contactId']).not.toBe(contactId);
      // All who were not answered with the erased contact are with one new one.
      const others = new Set([...distinct(answers, 'contactId'), after.body['contactId']]);
      others.delete(contactId);
      others.delete(undefined);
      expect([...others]).toEqual([after.body['contactId']]);
    }
  }, 600_000);

  it(`R10, CON-5: ${races} times, messages of both that race with their merge never open two conversations of one contact`, async () => {
    for (let race = 0; race < races; race++) {
      const [one, other] = [`u-merge-${race}-a`, `u-merge-${race}-b`];
      const [first, second] = await Promise.all([
        inbound(0, `merge-${race}-a`, one),
        inbound(1, `merge-${race}-b`, other),
      ]);
      const [primaryId, secondaryId] = [String(first.body['contactId']), String(second.body['contactId'])];
      const [merged, ...answers] = await Promise.all([
        (calls[race % 2] ?? system.call)('POST', `/v1/contacts/${primaryId}/merge`, {
          role: 'admin',
          body: { secondaryId, winners: {} },
        }),
        ...Array.from({ length: 16 }, (_, i) => inbound(i, `merge-${race}-${i}`, i % 4 < 2 ? one : other)),
      ]);
      expect(merged.status).toBe(201);
      for (const answer of answers) expect(answer.status).toBe(201);
      expect(distinct(answers, 'messageId').size).toBe(16);
      const after = await Promise.all([
        inbound(0, `merge-${race}-after-a`, one),
        inbound(1, `merge-${race}-after-b`, other),
      ]);
      expect([...distinct(after, 'contactId')]).toEqual([primaryId]);
      const open = (await Promise.all([primaryId, secondaryId].map(openConversations))).flat();
      expect(open).toEqual([...distinct(after, 'conversationId')]);
    }
  }, 600_000);

  /** Of the contact's chain, read from the log. */
  async function openConversations(contactId: string): Promise<string[]> {
    const open: string[] = [];
    for (let number = 1; ; number++) {
      const types: string[] = [];
      try {
        const events = client.readStream(`conversation-${contactId}.${number}`);
        for await (const { event } of events) types.push(event?.type ?? '');
      } catch (error) {
        if (error instanceof StreamNotFoundError) return open;
        throw error;
      }
      const begun = types.includes('ConversationOpened') && !types.includes('ConversationClosed');
      if (begun) open.push(`${contactId}.${number}`);
    }
  }

  async function expectGone(stream: string): Promise<void> {
    const events: string[] = [];
    try {
      for await (const { event } of client.readStream(stream)) events.push(event?.type ?? '');
    } catch (error) {
      if (error instanceof StreamDeletedError || error instanceof StreamNotFoundError) return;
      throw error;
    }
    throw new Error(`${stream} can still be read: ${events.join(', ')}`);
  }
});
