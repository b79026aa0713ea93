import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instanceStream } from '#event-sourcing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
const workflow = 'when-snooze-is-over-then-wake';

const asAdmin = (route: string, json?: object, position = ''): Promise<Answer> =>
  api.call(route, {
    token: admin,
    ...(json && { json }),
    ...(position !== '' && { headers: { 'ledger-position': position } }),
  });

beforeAll(async () => {
  api = await startTestApi();
  admin = await token('admin');
});
afterAll(async () => {
  await api.close();
});

/** A snoozed conversation whose waking was given up. */
async function quarantined(): Promise<string> {
  const channelId = String((await asAdmin('POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
  const json = { externalMessageId: 'm', from: { externalUserId: 'u' }, text: 'Hello' };
  const came = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: await token('service'), json });
  const conversationId = String(came.body['conversationId']);
  await asAdmin(`POST /v1/conversations/${conversationId}/snooze`, { until: '2099-01-01T00:00:00Z' });
  let beganWith = '';
  for await (const { type, id } of api.store.readAll()) if (type === 'ConversationSnoozed') beganWith = id;
  const data = { workflow, key: conversationId, beganWith, todo: 'wake', attempts: 10, reason: 'damaged-data' };
  const header = { commandId: 'c', commandHash: 'c', correlationId: 'c', causationId: 'c' };
  const actor = { id: workflow, role: 'workflow' } as const;
  const metadata = { ...header, actor, at: '2026-11-21T09:00:00.000Z', schemaVersion: 2 };
  const event = { id: '3f1c9a52-7d0e-4c1b-9b57-6a0f5f0d6f11', type: 'WorkflowQuarantined', data, metadata };
  await api.store.append(instanceStream(workflow, conversationId), [event], 'none');
  return conversationId;
}

describe('what a workflow has given up', () => {
  it('is listed with the reason, and released', async () => {
    const key = await quarantined();
    const shown = async (position = ''): Promise<unknown> =>
      (await asAdmin('GET /v1/workflows/quarantined', undefined, position)).body['items'];
    const { position } = (await asAdmin('PATCH /v1/settings', { maxOpenPerAgent: 7 })).body;
    const at = '2026-11-21T09:00:00.000Z';
    expect(await shown(String(position))).toEqual([{ workflow, key, reason: 'damaged-data', attempts: 10, at }]);
    const released = await asAdmin('POST /v1/workflows/release', { workflow, key });
    expect(released.status).toBe(200);
    expect(await shown(String(released.body['position']))).toEqual([]);
    const again = await asAdmin('POST /v1/workflows/release', { workflow, key });
    expect([again.status, again.body['type']]).toEqual([409, '/problems/not-quarantined']);
    expect((await asAdmin('POST /v1/workflows/release', { workflow: 'none', key })).status).toBe(400);
  });
});
