import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StreamGone } from '#event-sourcing';
import { collect } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

describe('deleting a contact with another one merged in', () => {
  let api: TestApi;
  let admin: string;
  let service: string;
  let channelId: string;

  beforeAll(async () => {
    api = await startTestApi({ acting: true });
    [admin, service] = await Promise.all([token('admin'), token('service')]);
    const channel = await api.call('POST /v1/channels', { token: admin, json: { medium: 'custom', name: 'Shop' } });
    channelId = String(channel.body['channelId']);
  });
  afterAll(async () => {
    await api.close();
  });

  async function receive(externalUserId: string, externalMessageId: string): Promise<string> {
    const json = { externalMessageId, from: { externalUserId }, text: `text ${externalMessageId}` };
    const { body } = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
    return String(body['contactId']);
  }

  const get = (path: string, headers = {}): Promise<Answer> => api.call(`GET ${path}`, { token: admin, headers });

  async function removed(erasureId: string): Promise<Answer> {
    for (;;) {
      const answer = await get(`/v1/erasures/${erasureId}`);
      if (answer.body['state'] === 'removed') return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('DEL-4: deletes both by the hint that the page shows, and frees the identities of both', async () => {
    const [ada, eve] = [await receive('ada', 'a1'), await receive('eve', 'e1')];
    await api.call(`PUT /v1/contacts/${eve}/name`, { token: admin, json: { name: 'Eve Moss' } });
    const merged = await api.call(`POST /v1/contacts/${ada}/merge`, { token: admin, json: { secondaryId: eve } });
    const page = await get(`/v1/contacts/${ada}`, { 'ledger-position': String(merged.body['position']) });
    expect(page.body).toMatchObject({ name: 'Eve Moss', hint: 'E•••• M••••' });

    const remove = (contactId: string, hint: unknown) =>
      api.call(`DELETE /v1/contacts/${contactId}`, { token: admin, json: { hint } });
    const redirected = await remove(eve, 'E•••• M••••');
    expect(redirected.status).toBe(308);
    expect(redirected.headers.get('location')).toBe(`/v1/contacts/${ada}`);
    const accepted = await remove(ada, page.body['hint']);
    expect(accepted.status).toBe(202);

    expect((await removed(String(accepted.body['erasureId']))).body).toMatchObject({
      contactIds: [ada, eve],
      hint: 'E•••• M••••',
      counts: { identities: 2, conversations: 2, messages: 2, notes: 0, attributes: 0 },
    });
    for (const contactId of [ada, eve]) {
      expect((await get(`/v1/contacts/${contactId}`)).status).toBe(410);
      expect((await api.call(`PUT /v1/contacts/${contactId}/vip`, { token: admin })).status).toBe(410);
    }
    // The files are scavenged elsewhere: until then what is left in the log is unreadable.
    const left = await collect(api.store.readAll());
    expect(JSON.stringify(left)).not.toMatch(/Eve Moss|text [ae]1/);
    const streams = new Set(left.map(({ stream }) => stream));
    const theirs = [...streams].filter((stream) => [ada, eve].some((id) => stream.startsWith(`contact-${id}`)));
    const conversations = [...streams].filter((stream) => stream.startsWith('conversation-'));
    expect([theirs.length, conversations.length]).toEqual([2, 3]);
    for (const stream of [...theirs, ...conversations]) {
      await expect(collect(api.store.readStream(stream))).rejects.toBeInstanceOf(StreamGone);
    }
    const again = [await receive('ada', 'a2'), await receive('eve', 'e2')];
    expect(new Set([ada, eve, ...again]).size).toBe(4);
  });
});
