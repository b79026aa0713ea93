import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { run, startSystem, temporaryDirectory } from '../support/system.js';

describe('the standalone system', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  beforeEach(async () => {
    directory = await temporaryDirectory();
  });
  afterEach(async () => {
    await directory.remove();
  });

  it('refuses a second instance on the same data directory, and the first goes on', async () => {
    const system = await startSystem(directory.path);
    await expect(startSystem(directory.path)).rejects.toThrow(`${directory.path} is in use by another instance`);
    expect((await system.call('GET', '/health/ready')).status).toBe(200);
    await system.running.kill();
  }, 60_000);

  it('ends cleanly on SIGTERM, and what was acknowledged is there after the next start', async () => {
    const system = await startSystem(directory.path);
    const body = { medium: 'custom', name: 'Shop' };
    const { channelId } = (await system.call('POST', '/v1/channels', { role: 'admin', body })).body;
    expect(await system.running.stop()).toBe(0);

    const again = await startSystem(directory.path);
    expect(again.tokens).toEqual(system.tokens);
    const channels = await again.call('GET', '/v1/channels', { role: 'admin' });
    expect(channels.body['items']).toMatchObject([{ channelId, medium: 'custom', name: 'Shop' }]);
    await again.running.kill();
  }, 60_000);

  it('leaves no child behind when only its first process is killed', async () => {
    const system = await startSystem(directory.path);
    const first = system.running.process.pid ?? 0;
    const children = (await readFile(`/proc/${first}/task/${first}/children`, 'utf8')).trim().split(' ').map(Number);
    expect(children).toHaveLength(4);
    process.kill(first, 'SIGKILL');
    await eventually(() => {
      expect(children.filter(isAlive)).toEqual([]);
      return Promise.resolve();
    });
  }, 60_000);

  it('goes on when one of its processes is killed: the supervisor starts it again where the others know it', async () => {
    const system = await startSystem(directory.path);
    const first = system.running.process.pid ?? 0;
    const body = { medium: 'custom', name: 'Shop' };
    const { channelId } = (await system.call('POST', '/v1/channels', { role: 'admin', body })).body;
    let message = 0;
    for (const child of (await readFile(`/proc/${first}/task/${first}/children`, 'utf8'))
      .trim()
      .split(' ')
      .map(Number)) {
      process.kill(child, 'SIGKILL');
      const externalMessageId = `m-${++message}`;
      await eventually(async () => {
        const received = await system
          .call('POST', `/v1/channels/${String(channelId)}/inbound`, {
            role: 'service',
            body: { externalMessageId, from: { externalUserId: `u-${message}` }, text: 'Still there?' },
          })
          .catch((error: unknown) => ({ status: 0, error }));
        expect([200, 201]).toContain(received.status);
      }, 30);
    }
    await eventually(async () => {
      const queue = await system.call('GET', '/v1/queue', { role: 'agent' });
      expect(queue.body).toHaveProperty('items.length', message);
    }, 30);
    await system.running.kill();
  }, 180_000);

  it.each([
    [{ PORT: 'eighty' }, 'PORT takes a whole number'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL takes one of'],
    [{ EVENTSTOREDB_URL: 'http://x' }, 'EVENTSTOREDB_URL takes a connection string'],
  ])('stops at %j with one clear line', async (env, line) => {
    const start = run('apps/standalone/main.js', {
      env: { DATA_DIR: join(directory.path, 'x'), ...env },
      ready: /never/,
    });
    await expect(start).rejects.toThrow(line);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
