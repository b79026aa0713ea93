import { setTimeout as sleep } from 'node:timers/promises';
import { openKeys, openModels } from '#adapters/ports';
import { createSender } from './http-load.js';
import type { Report } from './measure.js';
import { install } from './programs.js';
import { fill } from './rebuild.js';

const messages = 1_000;
/** The row says 1,000,000; the default keeps the whole bench short. Filled in rounds, so it is rounded up. */
const eventsWanted = Number(process.env['ERASURE_EVENTS'] ?? 200_000);

interface Shown {
  readonly state: string;
  readonly hint: string;
  readonly contactId: string;
  readonly channelId: string;
  readonly erasureId: string;
  readonly deletedAt: string;
  readonly unreadableAt: string;
}

/** Row P12: from the request to the last byte gone, and what commands notice of it. */
export async function benchErasure(report: Report): Promise<void> {
  const installation = await install();
  const { apiUrl, tokens } = installation;
  const keys = await openKeys(installation);
  const models = openModels(installation, keys.ring);
  const admin = createSender(apiUrl, tokens['admin'] ?? '', 2);
  const service = createSender(apiUrl, tokens['service'] ?? '', 64);
  const call = async (method: string, path: string, body?: object): Promise<Shown> =>
    JSON.parse((await admin.send(method, path, body)).body) as Shown;
  try {
    const { channelId } = await call('POST', '/v1/channels', { medium: 'custom', name: 'Bench' });
    const inbound = async (person: string, message: string): Promise<Shown> => {
      const body = { externalMessageId: message, from: { externalUserId: person, displayName: 'Amina Okafor' } };
      const path = `/v1/channels/${channelId}/inbound`;
      const answer = await service.send('POST', path, { ...body, text: `This is message ${message} of many.` });
      if (answer.status !== 201) throw new Error(`inbound answered ${answer.status}: ${answer.body}`);
      return JSON.parse(answer.body) as Shown;
    };
    let events = 0;
    for (let round = 0; events < eventsWanted; round++) events += await fill(models, round);
    const { contactId } = await inbound('victim', 'first');
    for (let n = 1; n < messages; n += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, i) => inbound('victim', `m${n + i}`)));
    }
    await settled(call, contactId);
    const { hint } = await call('GET', `/v1/contacts/${contactId}`);

    let over = false;
    const latencies: number[] = [];
    const others = Array.from({ length: 8 }, async (_, person) => {
      for (let i = 0; !over; i++) {
        const before = performance.now();
        await inbound(`other-${person}`, `o${person}-${i}`);
        latencies.push(performance.now() - before);
      }
    });
    const started = performance.now();
    const { erasureId } = await call('DELETE', `/v1/contacts/${contactId}`, { hint });
    while ((await call('GET', `/v1/erasures/${erasureId}`)).state !== 'removed') await sleep(20);
    const seconds = (performance.now() - started) / 1000;
    const { deletedAt, unreadableAt } = await call('GET', `/v1/erasures/${erasureId}`);
    const unreadable = (Date.parse(unreadableAt) - Date.parse(deletedAt)) / 1000;
    over = true;
    await Promise.all(others);
    latencies.sort((a, b) => a - b);
    const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? 0;
    report({
      name: `P12 erasure of ${messages} messages among ${events.toLocaleString('en')} events, of 5 s (≤ 1.0)`,
      ratio: seconds / 5,
      detail: `${unreadable.toFixed(2)} s to unreadable, ${seconds.toFixed(2)} s to the last byte; p99 of 8 senders at once meanwhile ${Math.round(p99)} ms (≤ 300)`,
    });
  } finally {
    for (const sender of [admin, service]) sender.close();
    await models.close();
    await keys.close();
    await installation.stop();
  }
}

/** Until the models have what was filled in: what is measured is the erasure, not the backlog before it. */
async function settled(
  call: (method: string, path: string) => Promise<Partial<Shown>>,
  contactId: string,
): Promise<void> {
  while ((await call('GET', `/v1/contacts/${contactId}`)).hint === undefined) await sleep(500);
}
