import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let shop: string;
let desk: string;
let number = 0;

const call = (route: string, json?: object, bearer = admin): Promise<Answer> =>
  api.call(route, { token: bearer, ...(json && { json }) });

async function channel(name: string): Promise<string> {
  return String((await call('POST /v1/channels', { medium: 'custom', name })).body['channelId']);
}

async function receive(channelId: string, externalUserId: string): Promise<Answer> {
  const json = { externalMessageId: `m${++number}`, from: { externalUserId, displayName: externalUserId }, text: 'Hi' };
  return call(`POST /v1/channels/${channelId}/inbound`, json, service);
}

async function read(path: string, after: Answer, bearer = admin): Promise<Record<string, unknown>> {
  const headers = { 'ledger-position': String(after.body['position']) };
  return (await api.call(`GET ${path}`, { token: bearer, headers })).body;
}

const idOf = ({ body }: Answer): string => String(body['contactId']);
const email = (contactId: string, value: string): Promise<Answer> =>
  call(`PUT /v1/contacts/${contactId}/attributes/mail`, { value });

beforeAll(async () => {
  api = await startTestApi();
  [admin, agent, service] = await Promise.all([token('admin'), token('agent'), token('service')]);
  [shop, desk] = [await channel('Shop'), await channel('Desk')];
  await call('GET /v1/queue', undefined, agent);
  await call('PUT /v1/users/agent/channels', { channelIds: [shop] });
  await call('POST /v1/attributes', { alias: 'mail', label: 'E-mail', format: 'email' });
});
afterAll(async () => {
  await api.close();
});

describe('links over HTTP', () => {
  it('LNK-2: numbers without a country are those of the channel’s region, and match nothing without one', async () => {
    const text = (channelId: string, externalMessageId: string): Promise<Answer> => {
      const json = { externalMessageId, from: { externalUserId: '030 901820' }, text: 'Hi' };
      return call(`POST /v1/channels/${channelId}/inbound`, json, service);
    };
    const channels: string[] = [];
    const sms = async (settings: object): Promise<Answer> => {
      const made = await call('POST /v1/channels', { medium: 'sms', name: 'Texts', settings });
      channels.push(String(made.body['channelId']));
      return text(String(made.body['channelId']), 'm');
    };
    const german = await sms({ region: 'DE', idScope: 'de' });
    const dutch = await sms({ region: 'NL', idScope: 'nl' });
    const nowhere = await sms({ idScope: 'nowhere' });
    const same = { externalMessageId: 'w', from: { externalUserId: '4930901820' }, text: 'Hi' };
    const whatsapp = await call('POST /v1/channels', { medium: 'whatsapp', name: 'WhatsApp' });
    const elsewhere = await call(`POST /v1/channels/${String(whatsapp.body['channelId'])}/inbound`, same, service);
    let newest = await call('PATCH /v1/settings', { matchingAttribute: 'phone' });
    const linked = async (answer: Answer) => {
      const { items } = await read(`/v1/contacts/${idOf(answer)}/links`, newest);
      return (items as { contactId: string }[]).map(({ contactId }) => contactId);
    };
    expect(await linked(german)).toStrictEqual([idOf(elsewhere)]);
    expect(await linked(elsewhere)).toStrictEqual([idOf(german)]);
    expect([await linked(dutch), await linked(nowhere)]).toStrictEqual([[], []]);

    // Told of its region later, the channel tells the number anew with the next message.
    const [, , channelId = ''] = channels;
    await call(`PATCH /v1/channels/${channelId}`, { settings: { region: 'DE' } });
    newest = await text(channelId, 'm2');
    expect(await linked(nowhere)).toStrictEqual([idOf(german), idOf(elsewhere)].toSorted());
    expect((await call(`GET /v1/channels/${channelId}`)).body['settings']).toMatchObject({ region: 'DE' });

    // Without one again, what is told of the number from then on is no number to match by.
    await call(`PATCH /v1/channels/${channelId}`, { settings: { region: null } });
    newest = await text(channelId, 'm3');
    expect(await linked(nowhere)).toStrictEqual([]);
    expect((await call(`GET /v1/channels/${channelId}`)).body['settings']).toStrictEqual({
      idScope: 'nowhere',
      secrets: [],
    });

    const json = { medium: 'sms', name: 'Nowhere', settings: { region: 'Atlantis' } };
    expect(await call('POST /v1/channels', json)).toMatchObject({
      status: 400,
      body: { type: '/problems/validation' },
    });
  });

  it('LNK-2, LNK-5: linked contacts show their histories together, each agent what they have access to', async () => {
    const [ada, other] = [await receive(shop, 'ada'), await receive(desk, 'ada-at-the-desk')];
    await email(idOf(ada), 'Ada@Example.com');
    await email(idOf(other), 'ada@example.com');
    const chosen = await call('PATCH /v1/settings', { matchingAttribute: 'mail' });
    expect(chosen.status).toBe(200);
    expect(await read('/v1/settings', chosen)).toMatchObject({ matchingAttribute: 'mail' });

    const links = await read(`/v1/contacts/${idOf(ada)}/links`, chosen);
    expect(links).toEqual({
      items: [{ contactId: idOf(other), by: 'value', name: 'ada-at-the-desk' }],
      suspended: false,
    });
    const history = await read(`/v1/contacts/${idOf(ada)}/history`, chosen);
    const lines = history['items'] as { conversationId: unknown; channelId: unknown }[];
    expect(new Set(lines.map((line) => line.conversationId))).toEqual(
      new Set([ada.body['conversationId'], other.body['conversationId']]),
    );

    expect(await read(`/v1/contacts/${idOf(ada)}/links`, chosen, agent)).toEqual({ items: [], suspended: false });
    const seen = await read(`/v1/contacts/${idOf(ada)}/history`, chosen, agent);
    expect(seen).toEqual({ items: [expect.objectContaining({ contactId: idOf(ada), channelId: shop })] });
    expect(await call(`GET /v1/contacts/${idOf(other)}/history`, undefined, agent)).toMatchObject({ status: 404 });

    const dissolved = await call(`DELETE /v1/contacts/${idOf(ada)}/links/${idOf(other)}`);
    expect(dissolved.status).toBe(200);
    expect(await read(`/v1/contacts/${idOf(other)}/links`, dissolved)).toEqual({ items: [], suspended: false });
    const again = await call(`PUT /v1/contacts/${idOf(other)}/links/${idOf(ada)}`);
    expect(await read(`/v1/contacts/${idOf(ada)}/links`, again)).toMatchObject({
      items: [{ contactId: idOf(other), by: 'value' }],
    });
  });

  it('LNK-3: by another attribute, other contacts are linked, all at once', async () => {
    await call('POST /v1/attributes', { alias: 'member', label: 'Member number', format: 'text' });
    const [cid, dan, eva] = [await receive(shop, 'cid'), await receive(shop, 'dan'), await receive(shop, 'eva')];
    for (const contact of [cid, dan]) await email(idOf(contact), 'family@example.com');
    for (const contact of [dan, eva]) {
      await call(`PUT /v1/contacts/${idOf(contact)}/attributes/member`, { value: 'M-1' });
    }
    const linkedTo = async (contact: Answer, after: Answer): Promise<unknown[]> => {
      const { items } = await read(`/v1/contacts/${idOf(contact)}/links`, after);
      return (items as { contactId: string }[]).map(({ contactId }) => contactId);
    };
    const byMail = await call('PATCH /v1/settings', { matchingAttribute: 'mail' });
    expect(await linkedTo(dan, byMail)).toEqual([idOf(cid)]);
    const byMember = await call('PATCH /v1/settings', { matchingAttribute: 'member' });
    expect(await linkedTo(dan, byMember)).toEqual([idOf(eva)]);
    expect(await linkedTo(cid, byMember)).toEqual([]);
    await call('PATCH /v1/settings', { matchingAttribute: 'mail' });
  });

  it('LNK-4: an agent links only whom they see, and nobody with themselves', async () => {
    const [bob, far] = [await receive(shop, 'bob'), await receive(desk, 'far')];
    expect(await call(`PUT /v1/contacts/${idOf(bob)}/links/${idOf(far)}`, undefined, agent)).toMatchObject({
      status: 404,
    });
    expect(await call(`PUT /v1/contacts/${idOf(bob)}/links/none`, undefined, agent)).toMatchObject({ status: 404 });
    expect(await call(`PUT /v1/contacts/${idOf(bob)}/links/${idOf(bob)}`, undefined, agent)).toMatchObject({
      status: 422,
      body: { type: '/problems/link-to-itself' },
    });
  });

  it('LNK-4, CON-5: what is said of a merged contact is said of who speaks for it', async () => {
    const [ann, part, whole] = [await receive(shop, 'ann'), await receive(shop, 'part'), await receive(shop, 'whole')];
    const link = (method: string, one: Answer, other: Answer): Promise<Answer> =>
      call(`${method} /v1/contacts/${idOf(one)}/links/${idOf(other)}`);
    const linkedToAnn = async (after: Answer): Promise<unknown> =>
      (await read(`/v1/contacts/${idOf(ann)}/links`, after))['items'];
    await link('PUT', ann, part);
    const merged = await call(`POST /v1/contacts/${idOf(whole)}/merge`, { secondaryId: idOf(part), winners: {} });
    const byHand = [{ contactId: idOf(whole), by: 'hand', name: 'whole' }];
    expect(await linkedToAnn(merged)).toEqual(byHand);
    expect(await linkedToAnn(await link('DELETE', ann, whole))).toEqual([]);
    expect(await linkedToAnn(await link('PUT', ann, part))).toEqual(byHand);
    const moved = await link('DELETE', part, ann);
    expect([moved.status, moved.headers.get('location')]).toEqual([
      308,
      `/v1/contacts/${idOf(whole)}/links/${idOf(ann)}`,
    ]);
  });

  it('LNK-1: an X account is one contact on every channel, without any setting', async () => {
    const json = { name: 'Eve', identities: [{ medium: 'x', externalUserId: '4711' }] };
    const eve = await call('POST /v1/contacts', json);
    expect(await call('POST /v1/contacts', json)).toMatchObject({
      status: 409,
      body: { type: '/problems/identity-owned', contactId: idOf(eve) },
    });
  });

  it('LNK-6: a value of more than fifty contacts is suspended, and admins are told', async () => {
    let last = await call('POST /v1/contacts', { name: 'c0', attributes: [{ alias: 'mail', value: 'info@shop.nl' }] });
    const first = idOf(last);
    for (let index = 1; index <= 50; index++) {
      last = await call('POST /v1/contacts', {
        name: `c${index}`,
        attributes: [{ alias: 'mail', value: 'INFO@shop.nl' }],
      });
    }
    expect(await read(`/v1/contacts/${first}/links`, last)).toEqual({ items: [], suspended: true });
    expect(await read('/v1/link-values/suspended', last)).toEqual({
      items: [{ valueKey: expect.any(String), contacts: 51 }],
    });
    expect(await call('GET /v1/link-values/suspended', undefined, agent)).toMatchObject({ status: 403 });
  });

  it.each([
    [{ matchingAttribute: 'vip' }, 422],
    [{ matchingAttribute: 'shoeSize' }, 422],
    [{ matchingAttribute: 7 }, 400],
    [{ linkPlaceholders: 'n/a' }, 400],
  ])('LNK-2: refuses the setting %j: %i', async (json, status) => {
    expect(await call('PATCH /v1/settings', json)).toMatchObject({ status });
  });
});
