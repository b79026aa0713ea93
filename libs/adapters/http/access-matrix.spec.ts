import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callerRoles } from './auth/caller.js';
import type { CallerRole } from './auth/caller.js';
import { routeAccess } from './auth/route-access.js';
import { openDesk } from './testing/desk.js';
import type { Desk } from './testing/desk.js';
import { madeForPath, routeRequests } from './testing/route-requests.js';
import type { Filling, RouteRequest } from './testing/route-requests.js';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let desk: Desk;
beforeAll(async () => {
  api = await startTestApi();
  desk = await openDesk(api);
});
afterAll(async () => {
  await api.close();
});

const guarded = routeAccess.flatMap(({ method, path, access, reach }) =>
  typeof access === 'string' ? [] : [{ route: `${method} ${path}`, method, path, access, reach }],
);

interface Caller {
  readonly role: CallerRole;
  readonly subject: string;
  /** Has access to the channel on which everything is that a request is about. */
  readonly sees: boolean;
}

/** Agents have access channel by channel; so have analysts; the others see all. */
const callers: readonly Caller[] = callerRoles.flatMap((role): Caller[] =>
  role === 'agent'
    ? [
        { role, subject: 'insider', sees: true },
        { role, subject: 'outsider', sees: false },
      ]
    : [{ role, subject: role, sees: role !== 'analyst' }],
);

async function send(route: string, path: string, { fill }: RouteRequest, caller: Caller): Promise<Answer> {
  const bearer = await token(caller.role, caller.subject);
  const { params = {}, query = '', json } = (await fill?.(desk, bearer)) ?? {};
  const filled: Record<string, string> = { ...params };
  // From the end: what stands there is made together with what it belongs to.
  for (const [, name = ''] of [...path.matchAll(/:(\w+)/g)].toReversed()) {
    if (filled[name] === undefined) Object.assign(filled, await madeForPath[name]?.(desk, bearer));
  }
  return call(route, caller, { params: filled, query, ...(json && { json }) });
}

/** With everything that was made before in the models. */
async function call(
  route: string,
  { role, subject }: Caller,
  { params = {}, query = '', json }: Filling,
): Promise<Answer> {
  const real = route.replace(/:(\w+)/g, (_, name: string) => params[name] ?? 'none') + query;
  const headers = { 'ledger-position': desk.position() };
  return api.call(real, { token: await token(role, subject), headers, ...(json && { json }) });
}

describe('access (S1)', () => {
  it('is tried on every route', () => {
    expect(Object.keys(routeRequests).toSorted()).toEqual(guarded.map(({ route }) => route).toSorted());
  });

  describe.each(guarded)('$route', ({ route, path, access, reach }) => {
    const request = routeRequests[route] ?? { status: 0 };

    it.each(callers)('$subject', async (caller) => {
      const expected = expectedStatus({ access, reach }, caller, request);
      // Who is turned away by role needs nothing to be turned away from.
      const { status, body } =
        expected === 403 ? await call(route, caller, {}) : await send(route, path, request, caller);
      const types: Readonly<Record<number, string>> = { 403: '/problems/forbidden', 404: '/problems/not-found' };
      expect([status, body['type']]).toEqual([expected, types[expected] ?? body['type']]);
    });
  });
});

describe('what is left out for who lacks the channel (ASG-6)', () => {
  const filtered = guarded.filter(({ reach, access }) => reach === 'filtered' && access.includes('agent'));
  /** What each of these answers of somebody on the shop's channel: an id, or a number above zero. */
  const traces: Readonly<Record<string, (made: Trace) => string>> = {
    'GET /v1/channels': ({ channelId }) => channelId,
    'GET /v1/saved-reply-collections': ({ collectionId }) => collectionId,
    'GET /v1/saved-replies': ({ collectionId }) => collectionId,
    'POST /v1/conversations/bulk': () => '"done":true',
    'GET /v1/search': ({ contactId }) => contactId,
    'GET /v1/mentions': ({ conversationId }) => conversationId,
    'GET /v1/queue': ({ conversationId }) => conversationId,
    'GET /v1/queue/counters': () => '"open":1',
    'GET /v1/live/queue': ({ conversationId }) => conversationId,
  };

  interface Trace {
    readonly channelId: string;
    readonly collectionId: string;
    readonly contactId: string;
    readonly conversationId: string;
  }

  /** In an inbox of their own: nothing else is there that could show. */
  async function made(on: Desk): Promise<Trace> {
    const { contactId, conversationId } = await on.written();
    const sharing = { name: 'Shared', channelIds: [on.shop] };
    const collectionId = await on.made('collectionId', 'POST /v1/saved-reply-collections', sharing);
    const reply = { title: 'Title', shortcut: 'short', text: 'Hello' };
    await on.send(`POST /v1/saved-reply-collections/${collectionId}/replies`, reply);
    const note = { text: 'Look', mentions: ['insider', 'outsider'] };
    // Asked to look while they had access, and lost it since.
    await on.send('PUT /v1/users/outsider/channels', { channelIds: [on.shop, on.night] });
    await on.send(`POST /v1/conversations/${conversationId}/notes`, note);
    await on.send('PUT /v1/users/outsider/channels', { channelIds: [on.night] });
    return { channelId: on.shop, collectionId, contactId, conversationId };
  }

  it('is tried in every list, counter and stream', () => {
    expect(Object.keys(traces).toSorted()).toEqual(filtered.map(({ route }) => route).toSorted());
  });

  describe('in an inbox with one conversation', () => {
    let here: TestApi;
    let trace: Trace;
    let own: Desk;
    let before: string;
    beforeAll(async () => {
      here = await startTestApi();
      own = await openDesk(here);
      before = own.position();
      trace = await made(own);
    });
    afterAll(async () => {
      await here.close();
    });

    async function answerTo(subject: string, route: string): Promise<string> {
      const bearer = await token('agent', subject);
      const headers = { 'ledger-position': own.position() };
      if (route === 'GET /v1/live/queue') return firstNews(`${here.url}/v1/live/queue`, bearer);
      const query = route === 'GET /v1/search' ? '?q=needle' : '';
      const json = { action: 'assign', ids: [trace.conversationId], userId: 'insider' };
      const sent = { token: bearer, headers, ...(route.startsWith('POST') && { json }) };
      const { body } = await here.call(route + query, sent);
      return JSON.stringify(body);
    }

    /** Up to what tells the outsider something, too: what came before it on other channels would have come before. */
    async function firstNews(url: string, bearer: string): Promise<string> {
      const leaving = new AbortController();
      const headers = { authorization: `Bearer ${bearer}`, 'last-event-id': before };
      const { body } = await fetch(url, { headers, signal: leaving.signal });
      const json = { externalMessageId: 'end', from: { externalUserId: 'end' }, text: 'end' };
      await own.send(`POST /v1/channels/${own.night}/inbound`, json, await token('service'));
      await own.send(`POST /v1/channels/${own.shop}/inbound`, json, await token('service'));
      let told = '';
      for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        told += chunk;
        if (told.includes('event: changed')) break;
      }
      leaving.abort();
      return told;
    }

    it.each(Object.keys(traces))('ASG-6: %s', async (route) => {
      const sign = traces[route]?.(trace) ?? 'none';
      expect(await answerTo('outsider', route)).not.toContain(sign);
      expect(await answerTo('insider', route)).toContain(sign);
    });
  });
});

/** By the declaration of the route alone. */
function expectedStatus(
  { access, reach }: Pick<(typeof guarded)[number], 'access' | 'reach'>,
  { role, sees }: Caller,
  { status }: RouteRequest,
): number {
  if (!access.includes(role)) return 403;
  return sees || reach !== 'hidden' ? status : 404;
}
