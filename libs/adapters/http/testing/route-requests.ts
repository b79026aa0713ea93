import type { Desk } from './desk.js';

/** What fills the route's path, and goes with it. What a path needs and is not given here is made by its name. */
export interface Filling {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly json?: object;
}

type Fill = (desk: Desk, bearer: string) => Filling | Promise<Filling>;

/** A request that whoever may call the route and has access gets this status for. */
export interface RouteRequest {
  readonly status: number;
  readonly fill?: Fill;
}

const request = (status: number, fill?: Fill): RouteRequest => ({ status, ...(fill && { fill }) });
const ok = request(200);
const takes = (status: number, json: object): RouteRequest => request(status, () => ({ json }));
const takesName = (status: number): RouteRequest => request(status, () => ({ json: { name: name() } }));

let names = 0;
const name = (): string => `name${++names}`;

type Made = (desk: Desk, bearer: string) => Promise<Readonly<Record<string, string>>>;

/** Something new for each name in a path. */
export const madeForPath: Readonly<Record<string, Made>> = {
  channelId: ({ shop }) => Promise.resolve({ channelId: shop }),
  contactId: async (desk) => ({ contactId: (await desk.written()).contactId }),
  conversationId: async (desk) => ({ conversationId: (await desk.written()).conversationId }),
  otherId: async (desk) => ({ otherId: (await desk.written()).contactId }),
  userId: async (desk) => ({ userId: await desk.made('userId', 'POST /v1/users', { name: name(), role: 'agent' }) }),
  teamId: async (desk) => ({ teamId: await desk.made('teamId', 'POST /v1/teams', { name: name() }) }),
  topicId: async (desk) => ({ topicId: await desk.made('topicId', 'POST /v1/topics', { name: name() }) }),
  groupId: async (desk) => ({ groupId: await desk.made('groupId', 'POST /v1/groups', group()) }),
  scoreId: async (desk) => ({ scoreId: await desk.made('scoreId', 'POST /v1/priority-scores', score) }),
  ruleId: async (desk) => ({ ruleId: await desk.made('ruleId', 'POST /v1/routing-rules', await routingRule(desk)) }),
  // Of a day on which nobody is quiet: it finds nobody to delete.
  jobId: async (desk) => ({ jobId: await desk.made('jobId', 'POST /v1/bulk-deletions', await bulkDeletion(desk)) }),
  calendarId: (desk) => calendarOf(desk),
  categoryId: async (desk) => ({
    categoryId: await desk.made('categoryId', 'POST /v1/closing-categories', { name: name() }),
  }),
  alias: async (desk) => ({ alias: await attribute(desk) }),
  optionId: async (desk) => {
    const options = ['one', 'two', 'three'].map((optionId) => ({ optionId, label: optionId }));
    return { alias: await attribute(desk, { format: 'dropdown', options }), optionId: 'one' };
  },
  noteId: async (desk) => {
    const { contactId } = await desk.written();
    return { contactId, noteId: await desk.made('noteId', `POST /v1/contacts/${contactId}/notes`, { text: 'Note' }) };
  },
  mergeId: async (desk) => {
    const [one, other] = [await desk.written(), await desk.written()];
    const json = { secondaryId: other.contactId };
    return { mergeId: await desk.made('mergeId', `POST /v1/contacts/${one.contactId}/merge`, json) };
  },
  // One's own: of those that are shared only admins may change anything.
  collectionId: async (desk, bearer) => ({ collectionId: await collection(desk, { personal: true }, bearer) }),
  replyId: async (desk, bearer) => savedReply(desk, { personal: true }, bearer),
  erasureId: async (desk) => ({ erasureId: await desk.made('erasureId', 'POST /v1/erasures', await deletion(desk)) }),
};

const calendar = (): object => ({ name: name(), zone: 'Europe/Amsterdam', hours: {} });
const calendarOf = async (desk: Desk) => ({
  calendarId: await desk.made('calendarId', 'POST /v1/business-hours', calendar()),
});
const routingRule = async (desk: Desk): Promise<object> => ({
  to: { teamId: await desk.made('teamId', 'POST /v1/teams', { name: name() }) },
});

async function bulkDeletion(desk: Desk): Promise<object> {
  const selection = { inactiveDays: 36_500 };
  const { body } = await desk.send('POST /v1/bulk-deletions/preview', selection);
  return { ...selection, count: body['count'], fingerprint: body['fingerprint'], reason: 'retention' };
}

const group = (): object => ({ name: name(), condition: { field: 'vip', operator: 'is', value: true } });
const score = { points: 1, when: { group: 'vip' } };
const needle = { query: '?q=needle' };
const tomorrow = '2100-01-01T00:00:00.000Z';

async function attribute(desk: Desk, shape: object = { format: 'text' }): Promise<string> {
  const alias = name();
  await desk.send('POST /v1/attributes', { alias, label: alias, ...shape });
  return alias;
}

const collection = (desk: Desk, sharing: object, bearer?: string): Promise<string> =>
  desk.made('collectionId', 'POST /v1/saved-reply-collections', { name: name(), ...sharing }, bearer);

async function savedReply(desk: Desk, sharing: object, bearer?: string) {
  const collectionId = await collection(desk, sharing, bearer);
  const json = { title: name(), shortcut: name(), text: 'Hello' };
  const path = `POST /v1/saved-reply-collections/${collectionId}/replies`;
  return { collectionId, replyId: await desk.made('replyId', path, json, bearer) };
}

async function deletion(desk: Desk): Promise<{ readonly contactId: string; readonly hint: string }> {
  const { contactId } = await desk.written();
  return { contactId, hint: 'N••••' };
}

async function closed(desk: Desk): Promise<Filling> {
  const { conversationId } = await desk.written();
  await desk.send(`POST /v1/conversations/${conversationId}/close`, {});
  return { params: { conversationId } };
}

async function snoozed(desk: Desk): Promise<Filling> {
  const { conversationId } = await desk.written();
  await desk.send(`POST /v1/conversations/${conversationId}/snooze`, { until: tomorrow });
  return { params: { conversationId } };
}

/** For every route that asks for a token, what it is called with. */
export const routeRequests: Readonly<Record<string, RouteRequest>> = {
  'POST /v1/channels': request(201, () => ({ json: { medium: 'custom', name: name() } })),
  'GET /v1/channels': ok,
  'GET /v1/channels/:channelId': ok,
  'PATCH /v1/channels/:channelId': takes(200, { name: 'Shop' }),
  'POST /v1/channels/:channelId/inbound': request(201, () => ({
    json: { externalMessageId: name(), from: { externalUserId: name() }, text: 'Hello' },
  })),
  'POST /v1/channels/:channelId/deliveries': request(200, async (desk) => {
    const { conversationId } = await desk.written();
    const path = `POST /v1/conversations/${conversationId}/messages`;
    return { json: { messageId: await desk.made('messageId', path, { text: 'Hello' }), state: 'delivered' } };
  }),

  'POST /v1/users': request(201, () => ({ json: { name: name(), role: 'agent' } })),
  'GET /v1/users': ok,
  'GET /v1/users/:userId': ok,
  'PATCH /v1/users/:userId': takesName(200),
  'DELETE /v1/users/:userId': ok,
  'PUT /v1/users/:userId/channels': takes(200, { channelIds: [] }),
  'PUT /v1/presence': takes(200, { state: 'online' }),
  'POST /v1/presence/heartbeat': ok,
  'POST /v1/teams': takesName(201),
  'GET /v1/teams': ok,
  'GET /v1/teams/:teamId': ok,
  'PATCH /v1/teams/:teamId': takesName(200),
  'DELETE /v1/teams/:teamId': ok,
  'PUT /v1/teams/:teamId/channels': takes(200, { channelIds: [] }),
  'PUT /v1/teams/:teamId/members': takes(200, { userIds: [] }),

  'POST /v1/attributes': request(201, () => ({ json: { alias: name(), label: 'Label', format: 'text' } })),
  'GET /v1/attributes': ok,
  'GET /v1/attributes/:alias': ok,
  'PUT /v1/attributes/order': request(200, async (desk) => ({ json: { aliases: [await attribute(desk)] } })),
  'GET /v1/attributes/:alias/retention/preview': request(200, async (desk) => {
    const alias = await attribute(desk);
    await desk.send(`PATCH /v1/attributes/${alias}`, { retention: 'P90D' });
    return { params: { alias } };
  }),
  'PATCH /v1/attributes/:alias': takes(200, { label: 'Label' }),
  'POST /v1/attributes/:alias/options': request(201, async (desk) => {
    const { alias } = (await madeForPath['optionId']?.(desk, '')) ?? {};
    return { params: { alias: alias ?? '' }, json: { label: 'Four' } };
  }),
  'DELETE /v1/attributes/:alias/options/:optionId': ok,

  'PATCH /v1/settings': takes(200, { maxOpenPerAgent: 9 }),
  'GET /v1/settings': ok,
  'POST /v1/priority-scores': takes(201, score),
  'GET /v1/priority-scores': ok,
  'GET /v1/priority-scores/:scoreId': ok,
  'PATCH /v1/priority-scores/:scoreId': takes(200, { points: 2 }),
  'DELETE /v1/priority-scores/:scoreId': ok,
  'POST /v1/routing-rules': request(201, async (desk) => ({ json: await routingRule(desk) })),
  'GET /v1/routing-rules': ok,
  'PUT /v1/routing-rules/order': request(200, async (desk) => ({
    json: { ruleIds: Object.values((await madeForPath['ruleId']?.(desk, '')) ?? {}) },
  })),
  'GET /v1/routing-rules/:ruleId': ok,
  'PATCH /v1/routing-rules/:ruleId': takesName(200),
  'DELETE /v1/routing-rules/:ruleId': ok,
  'POST /v1/business-hours': request(201, () => ({ json: calendar() })),
  'GET /v1/business-hours': ok,
  'GET /v1/business-hours/time': request(200, async (desk) => ({
    params: { calendarId: await desk.made('calendarId', 'POST /v1/business-hours', { ...calendar(), default: true }) },
    query: '?from=2026-11-21T09:00:00.000Z&to=2026-11-21T10:00:00.000Z',
  })),
  'GET /v1/business-hours/:calendarId': ok,
  'PATCH /v1/business-hours/:calendarId': takesName(200),
  'DELETE /v1/business-hours/:calendarId': ok,
  'PUT /v1/channels/:channelId/business-hours': request(200, async (desk) => ({ json: await calendarOf(desk) })),
  'DELETE /v1/channels/:channelId/business-hours': ok,
  'PUT /v1/teams/:teamId/business-hours': request(200, async (desk) => ({ json: await calendarOf(desk) })),
  'DELETE /v1/teams/:teamId/business-hours': ok,
  'POST /v1/closing-categories': takesName(201),
  'GET /v1/closing-categories': ok,
  'GET /v1/closing-categories/:categoryId': ok,
  'PATCH /v1/closing-categories/:categoryId': takesName(200),
  'DELETE /v1/closing-categories/:categoryId': ok,
  'POST /v1/groups': request(201, () => ({ json: group() })),
  'GET /v1/groups': ok,
  'GET /v1/groups/:groupId': ok,
  'PATCH /v1/groups/:groupId': takesName(200),
  'DELETE /v1/groups/:groupId': ok,
  'GET /v1/groups/:groupId/members': ok,
  'POST /v1/topics': takesName(201),
  'GET /v1/topics': ok,
  'GET /v1/topics/:topicId': ok,
  'PATCH /v1/topics/:topicId': takesName(200),
  'DELETE /v1/topics/:topicId': ok,

  'POST /v1/saved-reply-collections': request(201, () => ({ json: { name: name(), personal: true } })),
  'GET /v1/saved-reply-collections': ok,
  'GET /v1/saved-reply-collections/:collectionId': request(200, async (desk) => ({
    params: { collectionId: await collection(desk, { channelIds: [desk.shop] }) },
  })),
  'PATCH /v1/saved-reply-collections/:collectionId': takesName(200),
  'DELETE /v1/saved-reply-collections/:collectionId': ok,
  'POST /v1/saved-reply-collections/:collectionId/replies': request(201, () => ({
    json: { title: 'Title', shortcut: name(), text: 'Hello' },
  })),
  'PATCH /v1/saved-reply-collections/:collectionId/replies/:replyId': takes(200, { title: 'Title' }),
  'DELETE /v1/saved-reply-collections/:collectionId/replies/:replyId': ok,
  'GET /v1/saved-replies': ok,
  'POST /v1/saved-replies/:replyId/render': request(200, async (desk) => {
    const { conversationId } = await desk.written();
    return { params: await savedReply(desk, { channelIds: [desk.shop] }), json: { conversationId } };
  }),

  'POST /v1/contacts': request(201, () => ({ json: { name: name() } })),
  'GET /v1/contacts/:contactId': ok,
  'GET /v1/contacts/:contactId/timeline': ok,
  'GET /v1/contacts/:contactId/dossier': ok,
  'PUT /v1/contacts/:contactId/name': takesName(200),
  'PUT /v1/contacts/:contactId/attributes/:alias': takes(200, { value: 'gold' }),
  'DELETE /v1/contacts/:contactId/attributes/:alias': ok,
  'GET /v1/contacts/:contactId/attributes/:alias/history': ok,
  'PUT /v1/contacts/:contactId/vip': ok,
  'DELETE /v1/contacts/:contactId/vip': ok,
  'PUT /v1/contacts/:contactId/assignee': request(200, async (desk) => {
    const { contactId, conversationId } = await desk.written();
    await desk.send(`POST /v1/conversations/${conversationId}/close`, {});
    return { params: { contactId }, json: { userId: 'insider' } };
  }),
  'DELETE /v1/contacts/:contactId/assignee': request(200, async (desk) => {
    const { contactId, conversationId } = await desk.written();
    await desk.send(`POST /v1/conversations/${conversationId}/close`, {});
    return { params: { contactId } };
  }),
  'PUT /v1/contacts/:contactId/block': takes(200, {}),
  'DELETE /v1/contacts/:contactId/block': ok,
  'GET /v1/contacts/:contactId/conversations': ok,
  'GET /v1/contacts/:contactId/merge/preview': request(200, async (desk) => ({
    query: `?with=${(await desk.written()).contactId}`,
  })),
  'POST /v1/contacts/:contactId/merge': request(201, async (desk) => ({
    json: { secondaryId: (await desk.written()).contactId },
  })),
  'POST /v1/merges/:mergeId/undo': ok,
  'GET /v1/contacts/:contactId/notes': ok,
  'POST /v1/contacts/:contactId/notes': takes(201, { text: 'Note' }),
  'PATCH /v1/contacts/:contactId/notes/:noteId': takes(200, { text: 'Note again' }),
  'DELETE /v1/contacts/:contactId/notes/:noteId': ok,
  'DELETE /v1/contacts/:contactId': takes(202, { hint: 'N••••' }),
  'POST /v1/erasures': request(202, async (desk) => ({ json: await deletion(desk) })),
  'POST /v1/redactions': request(201, async (desk) => {
    const { conversationId, messageId } = await desk.written();
    return { json: { kind: 'message', conversationId, messageId } };
  }),
  'GET /v1/erasures/:erasureId': ok,
  // Where no workflow acts, an erasure never comes to its end.
  'GET /v1/erasures/:erasureId/certificate': request(404),

  'POST /v1/conversations': request(201, async (desk) => {
    const { contactId, conversationId } = await desk.written();
    await desk.send(`POST /v1/conversations/${conversationId}/close`, {});
    return { json: { contactId, channelId: desk.shop } };
  }),
  'POST /v1/conversations/bulk': request(200, async (desk) => ({
    json: { action: 'close', ids: [(await desk.written()).conversationId] },
  })),
  'GET /v1/conversations/:conversationId': ok,
  'GET /v1/conversations/:conversationId/notes': ok,
  'GET /v1/conversations/:conversationId/messages': ok,
  'GET /v1/conversations/:conversationId/timeline': ok,
  'POST /v1/conversations/:conversationId/messages': takes(201, { text: 'Hello' }),
  'POST /v1/conversations/:conversationId/notes': takes(201, { text: 'Note' }),
  'POST /v1/conversations/:conversationId/close': takes(200, {}),
  'PATCH /v1/conversations/:conversationId/closing-note': request(200, async (desk) => ({
    ...(await closed(desk)),
    json: { summary: 'Solved' },
  })),
  'POST /v1/conversations/:conversationId/snooze': takes(200, { until: tomorrow }),
  'DELETE /v1/conversations/:conversationId/snooze': request(200, snoozed),
  'PUT /v1/conversations/:conversationId/topics/:topicId': ok,
  'DELETE /v1/conversations/:conversationId/topics/:topicId': ok,
  'PUT /v1/conversations/:conversationId/bot': takes(200, { botId: 'bot' }),
  'DELETE /v1/conversations/:conversationId/bot': ok,
  'PUT /v1/conversations/:conversationId/assignee': takes(200, { userId: 'insider' }),
  'DELETE /v1/conversations/:conversationId/assignee': ok,

  'GET /v1/search': request(200, () => needle),
  'PUT /v1/contacts/:contactId/links/:otherId': ok,
  'DELETE /v1/contacts/:contactId/links/:otherId': ok,
  'GET /v1/contacts/:contactId/links': ok,
  'GET /v1/contacts/:contactId/history': ok,
  'GET /v1/link-values/suspended': ok,
  'GET /v1/mentions': ok,
  'GET /v1/queue': ok,
  'GET /v1/queue/counters': ok,
  'GET /v1/live/queue': ok,
  'GET /v1/live/conversations/:conversationId': ok,
  'GET /v1/queue/:conversationId/rank': ok,
  'GET /v1/metrics/conversations': ok,
  'GET /v1/events': ok,
  'GET /v1/access-log': ok,
  'POST /v1/rebuilds': takes(202, { model: 'queue' }),
  'GET /v1/rebuilds': ok,
  'POST /v1/bulk-deletions/preview': takes(200, { inactiveDays: 36_500 }),
  'POST /v1/bulk-deletions': request(202, async (desk) => ({ json: await bulkDeletion(desk) })),
  'GET /v1/jobs': ok,
  'GET /v1/jobs/:jobId': ok,
  // With nobody to delete it is over at once.
  'DELETE /v1/jobs/:jobId': request(409),
  'GET /v1/workflows/quarantined': ok,
  // Where no workflow acts, none stumbles.
  'POST /v1/workflows/release': takes(409, { workflow: 'when-redacted-then-puncture', key: 'none' }),
  'GET /v1/audit/deleted-contacts': ok,
  'GET /v1/audit/deleted-contacts/verify': ok,
  'GET /v1/audit/deleted-contacts/head': ok,
};
