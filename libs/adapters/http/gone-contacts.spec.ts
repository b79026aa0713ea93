import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routeAccess } from './auth/route-access.js';
import { openDesk } from './testing/desk.js';
import type { Desk } from './testing/desk.js';
import { madeForPath, routeRequests } from './testing/route-requests.js';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

type Written = Awaited<ReturnType<Desk['written']>>;

/** Every route that names a contact or a conversation in its address, with who may call it. */
const routes = routeAccess.flatMap(({ method, path, access }) =>
  typeof access !== 'string' && /:(?:contact|conversation)Id/.test(path)
    ? [{ route: `${method} ${path}`, path, role: access.includes('admin') ? ('admin' as const) : access[0] }]
    : [],
);

interface Stage {
  readonly api: TestApi;
  readonly desk: Desk;
  readonly gone: Written;
  readonly other: Written;
}

/** An inbox in which one of two was deleted; its request is all that has been done about it, or its erasure is over. */
async function setStage(acting: boolean): Promise<Stage> {
  const api = await startTestApi({ acting });
  const desk = await openDesk(api);
  const [gone, other] = [await desk.written(), await desk.written()];
  const { body } = await desk.send(`DELETE /v1/contacts/${gone.contactId}`, { hint: 'N••••' });
  const read = { token: await token('admin'), headers: { 'ledger-position': desk.position() } };
  const state = async () => (await api.call(`GET /v1/erasures/${String(body['erasureId'])}`, read)).body['state'];
  while (acting && (await state()) !== 'removed') await new Promise((resolve) => setTimeout(resolve, 20));
  return { api, desk, gone, other };
}

async function ask({ api, desk }: Stage, route: string, json?: object, bearer?: string): Promise<Answer> {
  const headers = { 'ledger-position': desk.position() };
  return api.call(route, { token: bearer ?? (await token('admin')), headers, ...(json && { json }) });
}

/** The route asked about the one who is gone, with what else it needs. */
async function askOf(stage: Stage, route: string, path: string, bearer: string): Promise<Answer> {
  const { desk, gone } = stage;
  const { params, query = '', json } = (await routeRequests[route]?.fill?.(desk, bearer)) ?? {};
  const filled: Record<string, string> = { ...params };
  for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
    if (filled[name] === undefined) Object.assign(filled, await madeForPath[name]?.(desk, bearer));
  }
  const { contactId, conversationId } = gone;
  const named: Readonly<Record<string, string>> = { ...filled, contactId, conversationId };
  return ask(stage, route.replace(/:(\w+)/g, (_, name: string) => named[name] ?? 'none') + query, json, bearer);
}

const answered = ({ status, body }: Answer): readonly unknown[] => [status, body['type']];
const isGone = [410, '/problems/contact-deleted'];
const isHidden = [404, '/problems/not-found'];

describe.each([
  { acting: false, state: 'whose deletion was requested' },
  { acting: true, state: 'that is erased' },
])('a contact $state', ({ acting }) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(acting);
  });
  afterAll(async () => {
    await stage.api.close();
  });

  it.each(routes)('DEL-6: is gone, for $route', async ({ route, path, role }) => {
    expect(answered(await askOf(stage, route, path, await token(role ?? 'admin')))).toEqual(isGone);
  });

  it('DEL-6: is gone for calls that name it, or its conversation or message, in another place', async () => {
    const { desk, gone } = stage;
    const { contactId, conversationId, messageId } = gone;
    const { replyId } = (await madeForPath['replyId']?.(desk, await token('admin'))) ?? {};
    const told = [
      await ask(stage, `GET /v1/saved-replies?conversation=${conversationId}`),
      await ask(stage, `POST /v1/saved-replies/${String(replyId)}/render`, { conversationId }),
      await ask(stage, 'POST /v1/conversations', { contactId, channelId: desk.shop }),
      await ask(stage, 'POST /v1/erasures', { contactId, hint: 'N••••' }),
      await ask(stage, 'POST /v1/redactions', { kind: 'message', conversationId, messageId }),
      await ask(stage, `PUT /v1/contacts/${stage.other.contactId}/links/${contactId}`),
    ];
    expect(told.map(answered)).toEqual(told.map(() => isGone));
    const bulk = await ask(stage, 'POST /v1/conversations/bulk', { action: 'close', ids: [conversationId] });
    expect(bulk.body['items']).toMatchObject([{ done: false, problem: { status: 410, type: isGone[1] } }]);
  });

  it('DEL-6, CON-5: brings nothing into a merge, and its preview tells nothing of it', async () => {
    const { gone, other } = stage;
    const path = `/v1/contacts/${other.contactId}/merge`;
    expect((await ask(stage, `GET ${path}/preview?with=${gone.contactId}`)).body).toEqual({
      primaryId: other.contactId,
      secondaryId: gone.contactId,
      identities: [],
      conflicts: [],
      vip: false,
      blocked: false,
      obstacle: 'secondary-deleted',
    });
    expect((await ask(stage, `POST ${path}`, { secondaryId: gone.contactId })).body['type']).toBe(
      '/problems/secondary-deleted',
    );
  });
});

describe('a contact whose deletion was requested, for who never saw it', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(false);
  });
  afterAll(async () => {
    await stage.api.close();
  });

  const read = routes.filter(({ route, path }) => route.startsWith('GET ') && !path.endsWith('/dossier'));
  it.each(read)('ASG-6, DEL-6: is not there, for $route', async ({ route, path }) => {
    expect(answered(await askOf(stage, route, path, await token('agent', 'outsider')))).toEqual(isHidden);
  });

  it('ASG-4, ASG-6: beside it, one with an open conversation is not unassigned; who does not see it does not hear why', async () => {
    const { other } = stage;
    const unassign = async (bearer: string) => {
      const { status, body } = await ask(stage, `DELETE /v1/contacts/${other.contactId}/assignee`, undefined, bearer);
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
