import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BSON, MongoClient } from 'mongodb';
import { eventually } from '../support/eventually.js';
import { run, startSystem, temporaryDirectory, type System } from '../support/system.js';

const crashes = Number(process.env['CRASHES'] ?? (process.env['LONG_RUN'] ? 500 : 20));
const senders = 8;

interface Acknowledged {
  readonly messageId: string;
  readonly conversationId: string;
}

describe(`R1: kill -9 of everything, ${crashes} times under load`, () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let channelId = '';
  const acknowledged = new Map<string, Acknowledged>();
  const unanswered = new Set<string>();

  beforeAll(async () => {
    directory = await temporaryDirectory();
    const system = await startSystem(directory.path);
    const body = { medium: 'custom', name: 'Shop' };
    channelId = String((await system.call('POST', '/v1/channels', { role: 'admin', body })).body['channelId']);
    await system.running.kill();
  }, 60_000);
  afterAll(async () => {
    await directory.remove();
  });

  it('loses and doubles no acknowledged message, and each time the models equal a rebuild from nothing', async () => {
    for (let crash = 0; crash <= crashes; crash++) {
      const system = await startSystem(directory.path, { RATE_LIMIT_PER_MINUTE: '1000000' });
      // What was not acknowledged is sent again, as a provider does; it must be there once all the same.
      for (const message of [...unanswered]) await send(system, message);
      expect(unanswered.size).toBe(0);
      await waitForModels(system, await send(system, `${crash}-marker-0-0`));
      await expectEachOnce(system);
      await expectSameAfterRebuild(system);
      if (crash < crashes) {
        const crashing = delay(150 + Math.random() * 700).then(() => system.running.kill());
        await Promise.all(Array.from({ length: senders }, (_, sender) => sendUntilDown(system, `${crash}-${sender}`)));
        await crashing;
      } else {
        await system.running.kill();
      }
    }
  }, 3_600_000);

  async function waitForModels(system: System, position: string | null): Promise<void> {
    await eventually(async () => {
      const headers = { 'ledger-position': position ?? '' };
      expect((await system.call('GET', '/v1/queue', { role: 'agent', headers })).status).toBe(200);
    }, 60);
  }

  async function expectSameAfterRebuild(system: System): Promise<void> {
    // A reader in the middle of a collection that is switched asks again, as every reader has to.
    const live = await eventually(() => documents(system));
    const rebuilt = await run('apps/cli/main.js', {
      args: ['rebuild', '--all', '--json'],
      env: { DATA_DIR: directory.path },
      ready: /rebuilt/,
    });
    await rebuilt.stop();
    expect(await eventually(() => documents(system))).toEqual(live);
  }

  async function sendUntilDown(system: System, name: string): Promise<void> {
    for (let n = 0; ; n++) {
      try {
        // Three people for each sender, so that conversations grow and first messages happen, too.
        await send(system, `${name}-${n}-${n % 3}`);
      } catch {
        return;
      }
    }
  }

  async function send(system: System, message: string): Promise<string | null> {
    unanswered.add(message);
    const [, sender, , person] = message.split('-');
    const answer = await system.call('POST', `/v1/channels/${channelId}/inbound`, {
      role: 'service',
      body: {
        externalMessageId: message,
        from: { externalUserId: `u-${sender}-${person}` },
        text: `Message ${message}`,
      },
    });
    if (answer.status !== 201 && answer.status !== 200) return null;
    unanswered.delete(message);
    acknowledged.set(message, {
      messageId: String(answer.body['messageId']),
      conversationId: String(answer.body['conversationId']),
    });
    return answer.headers.get('ledger-position');
  }

  async function expectEachOnce(system: System): Promise<void> {
    const expected = Map.groupBy(acknowledged.values(), ({ conversationId }) => conversationId);
    for (const [conversationId, messages] of expected) {
      const found = await messagesOf(system, conversationId);
      expect([...found].sort()).toEqual(messages.map(({ messageId }) => messageId).sort());
    }
  }

  async function messagesOf(system: System, conversationId: string): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const path = `/v1/conversations/${conversationId}/messages?limit=200${after}`;
      const { body } = await system.call('GET', path, { role: 'agent' });
      ids.push(...(body['items'] as { messageId: string }[]).map(({ messageId }) => messageId));
      cursor = body['nextCursor'] as string | undefined;
    } while (cursor !== undefined);
    return ids;
  }

  /**
   * Every document of every model, as text. What the engine needs to go on after a crash is no content: tombstones, and
   * in `_before` the state of a side document at the checkpoint before, which depends on where batches were cut.
   */
  async function documents(system: System): Promise<Record<string, string[]>> {
    const { mongoUrl } = JSON.parse(await readFile(join(system.dataDir, 'runtime.json'), 'utf8')) as {
      mongoUrl: string;
    };
    const client = await MongoClient.connect(mongoUrl);
    try {
      const models: Record<string, string[]> = {};
      for (const { name } of await client.db('inbox').listCollections().toArray()) {
        if (name.startsWith('_') || name.includes('~')) continue;
        const found = await client
          .db('inbox')
          .collection(name)
          .find({}, { sort: { _id: 1 } })
          .toArray();
        models[name] = found
          .filter(({ _deleted }) => _deleted !== true)
          .map((document) => {
            Reflect.deleteProperty(document, '_before');
            return BSON.EJSON.stringify(document);
          });
      }
      return models;
    } finally {
      await client.close();
    }
  }
});
