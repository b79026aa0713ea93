import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { startRecordingProxy, type Exchange, type RecordingProxy } from '../support/recording-proxy.js';
import { storedDocuments, storedMessageIds } from '../support/stores.js';
import { launch, run, startSystem, temporaryDirectory, type System } from '../support/system.js';

const crashes = Number(process.env['CRASHES'] ?? (process.env['LONG_RUN'] ? 500 : 20));

describe(`R1: kill -9 of everything, ${crashes} times in the middle of npm run demo`, () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let proxy: RecordingProxy;
  let channelId = '';
  /** Messages that were acknowledged, and whose they are. */
  const acknowledged = new Map<string, string>();
  const erasedContacts = new Set<string>();

  beforeAll(async () => {
    directory = await temporaryDirectory();
    proxy = await startRecordingProxy();
    const system = await startSystem(directory.path);
    const body = { medium: 'custom', name: 'Marker' };
    channelId = String((await system.call('POST', '/v1/channels', { role: 'admin', body })).body['channelId']);
    await system.running.kill();
  }, 60_000);
  afterAll(async () => {
    await proxy.close();
    await directory.remove();
  });

  it('loses and doubles no acknowledged message, and each time the models equal a rebuild from nothing', async () => {
    const demo = demoOfManyDays();
    for (let crash = 0; crash <= crashes; crash++) {
      const system = await startSystem(directory.path, { RATE_LIMIT_PER_MINUTE: '1000000' });
      await expectNothingLostOrDoubled(system, proxy.taken());
      await waitForModels(system, crash);
      await expectSameAfterRebuild();
      if (crash < crashes) {
        // The demo waits while nobody answers, and goes on when somebody does.
        const enough = proxy.acknowledged(1 + Math.floor(Math.random() * 150));
        proxy.forwardTo(system.url);
        await Promise.race([enough, demo.going]);
      }
      await system.running.kill();
      proxy.forwardTo(undefined);
    }
    await demo.stop();
    expect(acknowledged.size).toBeGreaterThan(crashes);
  }, 3_600_000);

  /** One day after the other, until it is stopped. `going` rejects when the demo gives up. */
  function demoOfManyDays(): { going: Promise<void>; stop: () => Promise<void> } {
    const stopping = new AbortController();
    let running: ReturnType<typeof launch> | undefined;
    const goesOn = (): boolean => !stopping.signal.aborted;
    async function days(): Promise<void> {
      for (let number = 1; goesOn(); number++) {
        const day = new Date(Date.UTC(2026, 0, number)).toISOString().slice(0, 10);
        const args = ['demo', '--data', directory.path, '--url', proxy.url, '--day', day, '--json'];
        running = launch('apps/cli/main.js', { args });
        const { code, output } = await running.ended;
        if (code !== 0 && goesOn()) throw new Error(`the demo ended with ${String(code)}: ${output.join('\n')}`);
      }
    }
    const going = days();
    return {
      going,
      stop: async () => {
        stopping.abort();
        running?.child.kill();
        await going;
      },
    };
  }

  async function expectNothingLostOrDoubled(system: System, taken: readonly Exchange[]): Promise<void> {
    for (const exchange of taken) note(exchange);
    const stored = await storedMessageIds(directory.path);
    const distinct = new Set(stored);
    expect(stored).toHaveLength(distinct.size);
    for (const [messageId, contactId] of acknowledged) {
      if (!erasedContacts.has(contactId)) expect(distinct).toContain(messageId);
    }
    // A provider's webhook is answered without ids. What comes again must be known, and add nothing.
    for (const { path, headers, body, status } of taken) {
      if (status !== 200 || !path.startsWith('/v1/webhooks/')) continue;
      expect((await fetch(`${system.url}${path}`, { method: 'POST', headers, body })).status).toBe(200);
    }
    expect(await storedMessageIds(directory.path)).toEqual(stored);
  }

  function note({ method, path, status, answer }: Exchange): void {
    // Also when no answer came: it may have begun.
    if (method === 'DELETE') erasedContacts.add(path.replace('/v1/contacts/', ''));
    if (status !== 200 && status !== 201) return;
    const { messageId, contactId } = JSON.parse(answer || '{}') as { messageId?: string; contactId?: string };
    const replyTo = /^\/v1\/conversations\/(.+)\.\d+\/messages$/.exec(path)?.[1];
    if (messageId !== undefined) acknowledged.set(messageId, contactId ?? replyTo ?? '');
  }

  /** Read your writes: the models have seen the whole log when they have seen a message that was written last. */
  async function waitForModels(system: System, crash: number): Promise<void> {
    const body = { externalMessageId: `marker-${crash}`, from: { externalUserId: 'marker' }, text: 'Marker' };
    const sent = await system.call('POST', `/v1/channels/${channelId}/inbound`, { role: 'service', body });
    expect(sent.status).toBe(201);
    const headers = { 'ledger-position': sent.headers.get('ledger-position') ?? '' };
    await eventually(async () => {
      expect((await system.call('GET', '/v1/queue', { role: 'agent', headers })).status).toBe(200);
    }, 60);
  }

  async function expectSameAfterRebuild(): Promise<void> {
    // A reader in the middle of a collection that is switched asks again, as every reader has to.
    const live = await eventually(() => storedDocuments(directory.path));
    const rebuilt = await run('apps/cli/main.js', {
      args: ['rebuild', '--all', '--json'],
      env: { DATA_DIR: directory.path },
      ready: /rebuilt/,
    });
    await rebuilt.stop();
    expect(await eventually(() => storedDocuments(directory.path))).toEqual(live);
  }
});
