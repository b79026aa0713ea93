import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

/** More than are ranked at once (decision 10). */
const open = 1_040;

interface Item {
  readonly conversationId: string;
  readonly channelId: string;
  readonly score: number;
}

const clock = createMovableClock();
let api: TestApi;
let admin: string;
let service: string;
let position = '';
const channels: Record<string, string> = {};

/** The workflow's own appends wait at the gate while it is shut. */
const gate = (() => {
  let passed = Promise.resolve();
  let opens = (): void => undefined;
  return {
    shut(): void {
      passed = new Promise((resolve) => {
        opens = resolve;
      });
    },
    open: (): void => {
      opens();
    },
    pass: (): Promise<void> => passed,
  };
})();

async function call(route: string, json?: object, bearer = admin): Promise<Answer> {
  const headers = position === '' || !route.startsWith('GET') ? {} : { 'ledger-position': position };
  const answer = await api.call(route, { token: bearer, headers, ...(json && { json }) });
  const { position: settled } = answer.body;
  if (typeof settled === 'string') position = settled;
  return answer;
}

async function receive(who: string, channel: string): Promise<string> {
  const json = { externalMessageId: who, from: { externalUserId: who }, text: 'Hello' };
  const { body } = await call(`POST /v1/channels/${channels[channel] ?? ''}/inbound`, json, service);
  return String(body['conversationId']);
}

/** All pages. */
async function queue(limit = 200): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor = ''; ;) {
    const { body } = await call(`GET /v1/queue?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    const page = body as unknown as { items: readonly Item[]; nextCursor?: string };
    items.push(...page.items);
    if (page.nextCursor === undefined) return items;
    cursor = page.nextCursor;
  }
}
const idsOf = (items: readonly Item[]): readonly string[] => items.map(({ conversationId }) => conversationId);
const waitedFor = (items: readonly Item[], first: string): readonly Item[] => [
  ...items.filter(({ channelId }) => channelId === channels[first]),
  ...items.filter(({ channelId }) => channelId !== channels[first]),
];

async function rankOf(conversationId: string) {
  const { body } = await call(`GET /v1/queue/${conversationId}/rank`);
  const { score, rules, position: place } = body as { score: number; rules: { points: number }[]; position: number };
  return { score, sum: rules.reduce((sum, { points }) => sum + points, 0), place };
}

const computing = async (): Promise<unknown> => (await call('GET /v1/priority-scores')).body['computing'];
async function computed(): Promise<void> {
  while ((await computing()) !== undefined) await sleep(20);
}

beforeAll(async () => {
  api = await startTestApi({
    clock,
    acting: true,
    around: (store) => ({
      ...store,
      async append(stream, ...rest) {
        if (stream.startsWith('ranking-')) await gate.pass();
        return store.append(stream, ...rest);
      },
    }),
  });
  [admin, service] = await Promise.all([token('admin'), token('service')]);
  for (const name of ['shop', 'desk']) {
    const made = await call('POST /v1/channels', { medium: 'custom', name });
    channels[name] = String(made.body['channelId']);
  }
  for (let from = 0; from < open; from += 40) {
    const some = Array.from({ length: 40 }, (_, i) => receive(`u-${from + i}`, i % 2 === 0 ? 'shop' : 'desk'));
    await Promise.all(some);
    clock.jump(1_000);
  }
}, 60_000);
afterAll(async () => {
  gate.open();
  await api.close();
});

describe('a long queue', () => {
  it('ASG-9: stands in its old order until all of it stands in the new one, and explains itself by the order shown', async () => {
    const before = await queue();
    expect(new Set(idsOf(before)).size).toBe(open);
    gate.shut();
    await call('POST /v1/priority-scores', { points: 10, when: { channelId: channels['desk'] } });
    expect(await computing()).toEqual({ ranked: 0, of: 256 });
    expect(await queue()).toEqual(before);

    const last = before.findLast(({ channelId }) => channelId === channels['desk']);
    const asked = last?.conversationId ?? '';
    const place = idsOf(before).indexOf(asked) + 1;
    expect(await rankOf(asked)).toEqual({ score: 0, sum: 0, place });

    clock.jump(1_000);
    const came = await receive('late', 'desk');
    const withLate = [...idsOf(before), came];
    expect(idsOf(await queue())).toEqual(withLate);
    const page = await call('GET /v1/queue?limit=10');

    gate.open();
    await computed();
    const after = await queue(100);
    expect(idsOf(after)).toEqual(
      idsOf(waitedFor([...before, ...after.filter(({ conversationId }) => conversationId === came)], 'desk')),
    );
    expect(new Set(after.map(({ channelId, score }) => `${channelId} ${score}`))).toEqual(
      new Set([`${channels['desk'] ?? ''} 10`, `${channels['shop'] ?? ''} 0`]),
    );
    expect(await rankOf(asked)).toEqual({ score: 10, sum: 10, place: idsOf(after).indexOf(asked) + 1 });
    // A page of the old order does not go on in the new one.
    expect((await call(`GET /v1/queue?limit=10&cursor=${String(page.body['nextCursor'])}`)).status).toBe(410);
  });

  it('ASG-9: takes several changes that come while it is computed, the last one counts', async () => {
    const before = await queue();
    gate.shut();
    await call('POST /v1/priority-scores', { points: 30, when: { channelId: channels['shop'] } });
    await call('PATCH /v1/settings', { waitingPointsPerMinute: 1 });
    await call('PATCH /v1/settings', { waitingPointsPerMinute: 0 });
    expect(await queue()).toEqual(before);
    gate.open();
    await computed();
    expect(idsOf(await queue())).toEqual(idsOf(waitedFor(before, 'shop')));
  });
});
