import fc from 'fast-check';
import { token } from '../../libs/adapters/http/testing/test-api.js';
import type { Answer, TestApi } from '../../libs/adapters/http/testing/test-api.js';
import type { CallerRole } from '../../libs/adapters/http/auth/caller.js';

/** Something that somebody at the desk does, as a request that may be refused. */
interface Deed {
  readonly role: CallerRole;
  readonly route: string;
  readonly json?: object;
}

/** What deeds are done to: filled as answers name things. */
interface Desk {
  readonly channelIds: string[];
  readonly contactIds: string[];
  readonly conversationIds: string[];
  readonly mergeIds: string[];
  readonly messages: { conversationId: string; messageId: string }[];
  readonly notes: { contactId: string; noteId: string }[];
  readonly topicIds: string[];
  readonly replyIds: string[];
  readonly groupIds: string[];
  readonly erasureIds: string[];
}

interface Draw {
  readonly what: number;
  readonly one: number;
  readonly other: number;
  readonly word: string;
}

const draw: fc.Arbitrary<Draw> = fc.record({
  what: fc.nat(),
  one: fc.nat(),
  other: fc.nat(),
  word: fc.constantFrom('gold', 'silver', 'Delft', 'refund please', 'Zoë Ångström', '+31612345678'),
});

const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % Math.max(list.length, 1)];

/** Every kind of deed once; those that happen all day stand there several times. */
const deeds: readonly ((desk: Desk, drawn: Draw, nth: number) => Deed | undefined)[] = [
  ...Array.from({ length: 6 }, () => receive),
  reply,
  reply,
  ({ conversationIds, replyIds }, { one, other }) => on('agent', 'POST', 'conversations', pick(conversationIds, one), 'messages', { savedReplyId: pick(replyIds, other) }),
  ({ contactIds }, { one }) => on('service', 'GET', 'contacts', pick(contactIds, one), ''),
  ({ conversationIds }, { one, word }) => on('agent', 'POST', 'conversations', pick(conversationIds, one), 'notes', { text: word, mentions: ['agent'] }),
  ({ conversationIds }, { one }) => on('agent', 'POST', 'conversations', pick(conversationIds, one), 'close', {}),
  ({ conversationIds }, { one }) => on('agent', 'POST', 'conversations', pick(conversationIds, one), 'snooze', { until: '2030-01-01T00:00:00.000Z' }),
  ({ conversationIds }, { one }) => on('agent', 'DELETE', 'conversations', pick(conversationIds, one), 'snooze'),
  ({ conversationIds, topicIds }, { one, other }) => on('agent', 'PUT', 'conversations', pick(conversationIds, one), `topics/${pick(topicIds, other) ?? ''}`),
  ({ conversationIds, topicIds }, { one, other }) => on('agent', 'DELETE', 'conversations', pick(conversationIds, one), `topics/${pick(topicIds, other) ?? ''}`),
  ({ conversationIds }, { one }) => on('agent', 'PUT', 'conversations', pick(conversationIds, one), 'assignee', { userId: 'agent' }),
  ({ conversationIds }, { one, other }) => ({ role: 'agent', route: 'POST /v1/conversations/bulk', json: { action: 'close', ids: [pick(conversationIds, one) ?? 'none', pick(conversationIds, other) ?? 'none'] } }),
  ({ contactIds }, { one }) => on('agent', 'PUT', 'contacts', pick(contactIds, one), 'assignee', { userId: 'agent' }),
  ({ contactIds }, { one, word }) => on('agent', 'PUT', 'contacts', pick(contactIds, one), 'name', { name: word }),
  ({ contactIds }, { one, word }) => on('agent', 'PUT', 'contacts', pick(contactIds, one), 'attributes/tier', { value: word }),
  ({ contactIds }, { one, word }) => on('agent', 'PUT', 'contacts', pick(contactIds, one), 'attributes/mobile', { value: [word] }),
  ({ contactIds }, { one }) => on('agent', 'DELETE', 'contacts', pick(contactIds, one), 'attributes/tier'),
  ({ contactIds }, { one }) => on('agent', 'PUT', 'contacts', pick(contactIds, one), 'vip'),
  ({ contactIds }, { one }) => on('agent', 'DELETE', 'contacts', pick(contactIds, one), 'vip'),
  ({ contactIds }, { one }) => on('agent', 'PUT', 'contacts', pick(contactIds, one), 'block', { reason: 'rude' }),
  ({ contactIds }, { one }) => on('agent', 'DELETE', 'contacts', pick(contactIds, one), 'block'),
  ({ contactIds }, { one, word }) => on('agent', 'POST', 'contacts', pick(contactIds, one), 'notes', { text: word }),
  ({ notes }, { one, word }) => on('agent', 'PATCH', 'contacts', pick(notes, one)?.contactId, `notes/${pick(notes, one)?.noteId ?? ''}`, { text: word }),
  ({ notes }, { one }) => on('agent', 'DELETE', 'contacts', pick(notes, one)?.contactId, `notes/${pick(notes, one)?.noteId ?? ''}`),
  merge,
  merge,
  ({ mergeIds }, { one }) => on('agent', 'POST', 'merges', pick(mergeIds, one), 'undo'),
  ({ mergeIds }) => on('agent', 'POST', 'merges', mergeIds.at(-1), 'undo'),
  ({ contactIds }, { one, other }) => on('agent', 'PUT', 'contacts', pick(contactIds, one), `links/${pick(contactIds, other) ?? ''}`),
  ({ contactIds }, { one, other }) => on('agent', 'DELETE', 'contacts', pick(contactIds, one), `links/${pick(contactIds, other) ?? ''}`),
  (_desk, { word }) => ({ role: 'admin', route: 'POST /v1/groups', json: { name: word, condition: { field: 'attribute.tier', operator: 'is', value: word } } }),
  ({ groupIds }, { one, word }) => on('admin', 'PATCH', 'groups', pick(groupIds, one), '', { condition: { any: [{ field: 'vip', operator: 'is', value: true }, { field: 'attribute.tier', operator: 'is', value: word }] } }),
  ({ groupIds }, { one }) => on('admin', 'DELETE', 'groups', pick(groupIds, one), ''),
  (_desk, { word }) => ({ role: 'admin', route: 'POST /v1/topics', json: { name: word } }),
  ({ topicIds }, { one }) => ({ role: 'admin', route: 'POST /v1/priority-scores', json: { points: 1 + (one % 9), when: one % 2 === 0 ? { group: 'vip' } : { topic: pick(topicIds, one) } } }),
  (_desk, { one }) => ({ role: 'admin', route: 'PATCH /v1/settings', json: { matchingAttribute: one % 2 === 0 ? 'mobile' : null, waitingPointsPerMinute: one % 3 } }),
  (_desk, { one, word }) => ({ role: 'service', route: 'POST /v1/contacts', json: { name: word, identities: [{ medium: 'sms', externalUserId: `+3161234560${one % 10}` }], attributes: [{ alias: 'tier', value: word }] } }),
  ({ channelIds, contactIds }, { one, other }) => ({ role: 'agent', route: 'POST /v1/conversations', json: { contactId: pick(contactIds, one), channelId: pick(channelIds, other) } }),
  ({ messages }, { one }) => ({ role: 'admin', route: 'POST /v1/redactions', json: { kind: 'message', ...pick(messages, one) } }),
  ({ contactIds }, { one }) => ({ role: 'admin', route: 'POST /v1/redactions', json: { kind: 'value', contactId: pick(contactIds, one), attribute: 'tier' } }),
]; // prettier-ignore

function receive({ channelIds }: Desk, { one, other, word }: Draw, nth: number): Deed {
  const json = {
    externalMessageId: `m${nth}`,
    from: { externalUserId: `person ${one % 8}`, displayName: word },
    text: `${word} ${nth}`,
  };
  return { role: 'service', route: `POST /v1/channels/${pick(channelIds, other) ?? ''}/inbound`, json };
}

function reply({ conversationIds }: Desk, { one, word }: Draw): Deed | undefined {
  return on('agent', 'POST', 'conversations', pick(conversationIds, one), 'messages', { text: word });
}

function merge({ contactIds }: Desk, { one, other }: Draw): Deed | undefined {
  const [contactId, secondaryId] = [pick(contactIds, one), pick(contactIds, other)];
  return on('agent', 'POST', 'contacts', contactId, 'merge', {
    secondaryId,
    winners: { tier: contactId, mobile: secondaryId },
  });
}

function on(
  role: CallerRole,
  method: string,
  list: string,
  id: string | undefined,
  rest: string,
  json?: object,
): Deed | undefined {
  if (id === undefined) return undefined;
  const path = rest === '' ? `/v1/${list}/${id}` : `/v1/${list}/${id}/${rest}`;
  return { role, route: `${method} ${path}`, ...(json && { json }) };
}

/** Days at a desk with three channels: the same each time for the same seed. `erasing`: contacts are deleted, too. */
export async function playBusyDays(
  api: TestApi,
  { deeds: count, seed, erasing }: { readonly deeds: number; readonly seed: number; readonly erasing: boolean },
): Promise<void> {
  const roles: readonly CallerRole[] = ['admin', 'agent', 'service'];
  const tokens = new Map(await Promise.all(roles.map(async (role) => [role, await token(role)] as const)));
  const call = async ({ role, route, json }: Deed): Promise<Answer> => {
    const answer = await api.call(route, { token: tokens.get(role) ?? '', ...(json && { json }) });
    if (answer.status >= 500) throw new Error(`${route}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const desk = await openDesk(call);
  for (const [nth, drawn] of fc.sample(draw, { numRuns: count, seed }).entries()) {
    const deed =
      erasing && drawn.what % 37 === 0
        ? await deletion(desk, drawn, call)
        : pick(deeds, drawn.what)?.(desk, drawn, nth);
    if (deed) note(desk, deed, await call(deed));
  }
  for (const erasureId of desk.erasureIds) await removed(erasureId, call);
}

async function openDesk(call: (deed: Deed) => Promise<Answer>): Promise<Desk> {
  const channelIds: string[] = [];
  for (const name of ['Shop', 'Desk', 'Night']) {
    const { body } = await call({ role: 'admin', route: 'POST /v1/channels', json: { medium: 'custom', name } });
    channelIds.push(String(body['channelId']));
  }
  await call({ role: 'agent', route: 'GET /v1/queue' });
  await call({ role: 'admin', route: 'PUT /v1/users/agent/channels', json: { channelIds } });
  const attributes = [
    { alias: 'tier', label: 'Tier', format: 'text' },
    { alias: 'mobile', label: 'Mobile', format: 'phone', repeatable: true },
  ];
  for (const json of attributes) await call({ role: 'admin', route: 'POST /v1/attributes', json });
  const { body } = await call({
    role: 'admin',
    route: 'POST /v1/saved-reply-collections',
    json: { name: 'Greetings', channelIds },
  });
  const greeting = await call({
    role: 'admin',
    route: `POST /v1/saved-reply-collections/${String(body['collectionId'])}/replies`,
    json: { title: 'Hello', shortcut: 'hi', text: 'Hello {{contact.firstName|there}}' },
  });
  const replyIds = [String(greeting.body['replyId'])];
  const nothing = { contactIds: [], conversationIds: [], mergeIds: [], messages: [], notes: [] };
  return { channelIds, replyIds, ...nothing, topicIds: [], groupIds: [], erasureIds: [] };
}

async function deletion(
  { contactIds }: Desk,
  { one }: Draw,
  call: (deed: Deed) => Promise<Answer>,
): Promise<Deed | undefined> {
  const contactId = pick(contactIds, one);
  if (contactId === undefined) return undefined;
  const { status, body } = await call({ role: 'admin', route: `GET /v1/contacts/${contactId}` });
  if (status !== 200) return undefined;
  return { role: 'admin', route: `DELETE /v1/contacts/${contactId}`, json: { hint: body['hint'] } };
}

const longestErasure = 60_000;

async function removed(erasureId: string, call: (deed: Deed) => Promise<Answer>): Promise<void> {
  const until = performance.now() + longestErasure;
  // Bounded: days that are given up must not be asked about for ever, or jest could not end.
  while (performance.now() < until) {
    const { body } = await call({ role: 'admin', route: `GET /v1/erasures/${erasureId}` });
    if (body['state'] === 'removed') return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the erasure ${erasureId} has not come to its end`);
}

/** Takes down what the answer names. */
function note(desk: Desk, { route }: Deed, { body }: Answer): void {
  const named = (field: string): string | undefined => (typeof body[field] === 'string' ? body[field] : undefined);
  const once = (list: string[], id: string | undefined): void => {
    if (id !== undefined && !list.includes(id)) list.push(id);
  };
  const [messageId, noteId] = [named('messageId'), named('noteId')];
  const conversationId = named('conversationId') ?? /conversations\/([^/]+)\/messages/.exec(route)?.[1];
  const contactId = /contacts\/([^/]+)\/notes/.exec(route)?.[1];
  once(desk.contactIds, named('contactId'));
  once(desk.conversationIds, named('conversationId'));
  once(desk.mergeIds, named('mergeId'));
  once(desk.topicIds, named('topicId'));
  once(desk.groupIds, named('groupId'));
  once(desk.erasureIds, named('erasureId'));
  if (messageId !== undefined && conversationId !== undefined) desk.messages.push({ conversationId, messageId });
  if (noteId !== undefined && contactId !== undefined) desk.notes.push({ contactId, noteId });
}
