import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDesk } from './testing/desk.js';
import type { Desk } from './testing/desk.js';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let desk: Desk;
let admin: string;

type Written = Awaited<ReturnType<Desk['written']>>;
let gone: Written;
let other: Written;

const ask = (route: string, json?: object, bearer = admin): Promise<Answer> => {
  const headers = { 'ledger-position': desk.position() };
  return api.call(route, { token: bearer, headers, ...(json && { json }) });
};

beforeAll(async () => {
  api = await startTestApi();
  [desk, admin] = [await openDesk(api), await token('admin')];
  [gone, other] = [await desk.written(), await desk.written()];
  await desk.send(`DELETE /v1/contacts/${gone.contactId}`, { hint: 'N••••' });
});
afterAll(async () => {
  await api.close();
});

describe('a contact that is being deleted', () => {
  it.each([
    { call: 'GET' },
    { call: 'GET', path: '/notes' },
    { call: 'GET', path: '/conversations' },
    { call: 'GET', path: '/history' },
    { call: 'GET', path: '/links' },
    { call: 'GET', path: '/timeline' },
    { call: 'GET', path: '/attributes/language/history' },
    { call: 'PUT', path: '/name', json: { name: 'Back' } },
    { call: 'PUT', path: '/vip' },
    { call: 'PUT', path: '/block' },
    { call: 'POST', path: '/notes', json: { text: 'Back' } },
    { call: 'PUT', path: '/attributes/language', json: { value: 'de' } },
    { call: 'PUT', path: '/assignee', json: { userId: 'insider' } },
    { call: 'DELETE', path: '/assignee' },
  ])('DEL-6: is gone for %j', async ({ call, path = '', json }: { call: string; path?: string; json?: object }) => {
    expect((await ask(`${call} /v1/contacts/${gone.contactId}${path}`, json)).status).toBe(410);
  });

  it('DEL-6, CON-5: brings nothing into a merge, and its preview tells nothing of it', async () => {
    const path = `/v1/contacts/${other.contactId}/merge`;
    expect((await ask(`GET ${path}/preview?with=${gone.contactId}`)).body).toEqual({
      primaryId: other.contactId,
      secondaryId: gone.contactId,
      identities: [],
      conflicts: [],
      vip: false,
      blocked: false,
      obstacle: 'secondary-deleted',
    });
    expect((await ask(`POST ${path}`, { secondaryId: gone.contactId })).body['type']).toBe(
      '/problems/secondary-deleted',
    );
  });
});

describe('a contact with an open conversation', () => {
  it('ASG-4, ASG-6: is not unassigned, and who does not see it does not hear why', async () => {
    const unassign = async (bearer: string) => {
      const { status, body } = await ask(`DELETE /v1/contacts/${other.contactId}/assignee`, undefined, bearer);
      return [status, body['type'], body['conversationId']];
    };
    expect(await unassign(await token('agent', 'insider'))).toEqual([
      409,
      '/problems/conversation-open',
      other.conversationId,
    ]);
    expect(await unassign(await token('agent', 'outsider'))).toEqual([404, '/problems/not-found', undefined]);
  });
});
