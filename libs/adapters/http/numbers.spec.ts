import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDesk } from './testing/desk.js';
import type { Desk } from './testing/desk.js';
import { startTestApi, token } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

let api: TestApi;
let desk: Desk;

beforeAll(async () => {
  api = await startTestApi();
  desk = await openDesk(api);
});
afterAll(async () => {
  await api.close();
});

async function read(userId: string, role: 'admin' | 'agent', path: string): Promise<Record<string, unknown>> {
  const headers = { 'ledger-position': desk.position() };
  return (await api.call(`GET ${path}`, { token: await token(role, userId), headers })).body;
}

const listed = async (userId: string, role: 'admin' | 'agent', path: string, id: string, field: string) => {
  const items = (await read(userId, role, path))['items'] as Record<string, unknown>[];
  return Object.fromEntries(items.map((item) => [String(item[id]), item[field]]));
};

describe('numbers', () => {
  it('ASG-6: of a group are told to who sees all contacts', async () => {
    const { contactId } = await desk.written();
    await desk.send(`PUT /v1/contacts/${contactId}/vip`);
    const sizes = (userId: string, role: 'admin' | 'agent') =>
      listed(userId, role, '/v1/groups', 'groupId', 'memberCount');
    expect(await sizes('admin', 'admin')).toStrictEqual({ vip: 1 });
    expect(await sizes('outsider', 'agent')).toStrictEqual({ vip: undefined });
    expect(await read('outsider', 'agent', '/v1/groups/vip')).not.toHaveProperty('memberCount');
  });

  it('ASG-6: of what somebody has to do are told to them, and to who sees all', async () => {
    const { conversationId } = await desk.written();
    await desk.send(`PUT /v1/conversations/${conversationId}/assignee`, { userId: 'insider' });
    const load = (userId: string, role: 'admin' | 'agent') =>
      listed(userId, role, '/v1/users', 'userId', 'openConversations');
    expect(await load('admin', 'admin')).toMatchObject({ insider: 1, outsider: 0 });
    expect(await load('insider', 'agent')).toMatchObject({ insider: 1, outsider: undefined });
    expect(await load('outsider', 'agent')).toMatchObject({ insider: undefined, outsider: 0 });
    expect(await read('outsider', 'agent', '/v1/users/insider')).not.toHaveProperty('openConversations');
  });

  it('ASG-6: of messages that a block kept out are those on channels that the viewer has', async () => {
    const medium = 'custom';
    const [day, late] = await Promise.all(
      ['Day', 'Late'].map((name) =>
        desk.made('channelId', 'POST /v1/channels', { medium, name, settings: { idScope: 'us' } }),
      ),
    );
    const service = await token('service');
    const writes = (channelId: string | undefined, externalMessageId: string) =>
      desk.send(
        `POST /v1/channels/${channelId ?? ''}/inbound`,
        { externalMessageId, from: { externalUserId: '491701234567' }, text: 'Hello' },
        service,
      );
    const contactId = String((await writes(day, 'n1')).body['contactId']);
    await writes(late, 'n2');
    await desk.send(`PUT /v1/contacts/${contactId}/block`);
    await writes(day, 'n3');
    await writes(late, 'n4');
    await writes(late, 'n5');
    await desk.send('PUT /v1/users/insider/channels', { channelIds: [day ?? ''] });
    const blocked = async (userId: string, role: 'admin' | 'agent') =>
      (await read(userId, role, `/v1/contacts/${contactId}`))['blockedMessageCount'];
    expect([await blocked('admin', 'admin'), await blocked('insider', 'agent')]).toStrictEqual([3, 1]);
  });
});
