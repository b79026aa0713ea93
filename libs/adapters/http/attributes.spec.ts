import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const clock = createMovableClock();
let api: TestApi;
let admin: string;
let agent: string;
let service: string;
let contactId: string;

/** Reads as new as the command before. */
async function read(path: string, after: Answer, bearer = agent): Promise<Record<string, unknown>> {
  const headers = { 'ledger-position': String(after.body['position']) };
  return (await api.call(`GET ${path}`, { token: bearer, headers })).body;
}

const define = (json: object): Promise<Answer> => api.call('POST /v1/attributes', { token: admin, json });
const change = (alias: string, json: object): Promise<Answer> =>
  api.call(`PATCH /v1/attributes/${alias}`, { token: admin, json });
const put = (alias: string, json: object, bearer = agent): Promise<Answer> =>
  api.call(`PUT /v1/contacts/${contactId}/attributes/${alias}`, { token: bearer, json });

beforeAll(async () => {
  api = await startTestApi({ clock });
  [admin, agent, service] = await Promise.all([token('admin'), token('agent'), token('service')]);
  const made = await api.call('POST /v1/contacts', { token: agent, json: { name: 'Zoë Quist' } });
  contactId = String(made.body['contactId']);
  const options = ['gold', 'silver', 'tin'].map((optionId) => ({ optionId, label: optionId.toUpperCase() }));
  await define({ alias: 'tier', label: 'Tier', format: 'dropdown', options });
  await define({ alias: 'emails', label: 'E-mail addresses', format: 'email', repeatable: true });
  await define({ alias: 'city', label: 'City', format: 'text' });
});
afterAll(async () => {
  await api.close();
});

describe('the catalogue over HTTP', () => {
  it('ATT-3: the admin orders attributes, and the contact page follows', async () => {
    await put('tier', { value: 'gold' });
    await put('city', { value: 'Delft' });
    const ordered = await api.call('PUT /v1/attributes/order', { token: admin, json: { aliases: ['city', 'tier'] } });
    expect(ordered.status).toBe(200);
    const { items } = (await read('/v1/attributes', ordered)) as { items: { alias: string }[] };
    expect(items.slice(0, 3).map(({ alias }) => alias)).toEqual(['city', 'tier', 'vip']);
    const { attributes } = (await read(`/v1/contacts/${contactId}`, ordered)) as { attributes: { alias: string }[] };
    expect(attributes.map(({ alias }) => alias)).toEqual(['city', 'tier']);
  });

  it.each([
    [['city', 'shoeSize'], 'order-unknown-attribute', { name: 'shoeSize' }],
    [['city', 'city'], 'order-not-distinct', {}],
  ])('ATT-3: refuses the order %j: %s', async (aliases, code, members) => {
    const { status, body } = await api.call('PUT /v1/attributes/order', { token: admin, json: { aliases } });
    expect({ status, body }).toMatchObject({ status: 422, body: { type: `/problems/${code}`, ...members } });
  });

  it('ATT-2: a retired option stays readable and marked, and is chosen no more', async () => {
    await put('tier', { value: 'tin' });
    const retired = await api.call('DELETE /v1/attributes/tier/options/tin', { token: admin });
    expect(retired.status).toBe(200);
    const { attributes } = await read(`/v1/contacts/${contactId}`, retired);
    expect(attributes).toContainEqual(
      expect.objectContaining({
        alias: 'tier',
        value: 'tin',
        option: { optionId: 'tin', label: 'TIN', retired: true },
      }),
    );
    await put('tier', { value: 'gold' });
    const again = await put('tier', { value: 'tin' });
    expect(again).toMatchObject({
      status: 422,
      body: { type: '/problems/attribute-misfit', alias: 'tier', reason: 'not-an-option' },
    });
    const added = await api.call('POST /v1/attributes/tier/options', { token: admin, json: { label: 'Zinc' } });
    expect(added).toMatchObject({ status: 201 });
    expect(await put('tier', { value: String(added.body['optionId']) })).toMatchObject({ status: 200 });
  });

  it('ATT-2: options are given as texts, with or without ids of their own, and have stable ones', async () => {
    const options = ['small', 'very large', { label: 'Odd' }, { optionId: 'none', label: 'None' }];
    const defined = await define({ alias: 'size', label: 'Size', format: 'dropdown', options });
    const { options: kept } = await read('/v1/attributes/size', defined);
    const generated = expect.stringMatching(/^[\x21-\x7e]+$/) as unknown;
    expect(kept).toMatchObject([
      { optionId: 'small', label: 'small' },
      { optionId: generated, label: 'very large' },
      { optionId: generated, label: 'Odd' },
      { optionId: 'none', label: 'None' },
    ]);
    expect(new Set((kept as { optionId: string }[]).map(({ optionId }) => optionId)).size).toBe(4);
    expect((await put('size', { value: 'small' })).status).toBe(200);
    const refused = async (given: unknown) => {
      const { status, body } = await define({ alias: 'other', label: 'Other', format: 'dropdown', options: given });
      return [
        status,
        body['type'],
        (body['errors'] as { pointer: string }[] | undefined)?.map(({ pointer }) => pointer),
      ];
    };
    const invalid = [400, '/problems/validation'];
    expect(await refused('small')).toEqual([...invalid, ['/options']]);
    expect(await refused([7, ''])).toEqual([...invalid, ['/options/0', '/options/1/label']]);
    expect(await refused(['one', 'one'])).toEqual([422, '/problems/options-not-distinct', undefined]);
  });

  it.each([
    ['a list', [{ alias: 'language', value: 'nl' }]],
    ['values by alias', { language: 'nl' }],
  ])('CON-1, ATT-4: a contact is made with %s', async (_how, attributes) => {
    const made = await api.call('POST /v1/contacts', { token: agent, json: { name: 'Bo', attributes } });
    const { attributes: shown } = await read(`/v1/contacts/${String(made.body['contactId'])}`, made);
    expect(shown).toMatchObject([{ alias: 'language', value: 'nl', source: 'agent' }]);
  });

  it.each([['city'], [7], [{ city: null }], [{ 'no alias': 'x' }], [[{ value: 'x' }]]])(
    'CON-1: no contact is made with the values %j',
    async (attributes) => {
      const { status, body } = await api.call('POST /v1/contacts', { token: agent, json: { attributes } });
      expect([status, body['type']]).toEqual([400, '/problems/validation']);
    },
  );

  it('ATT-2: a repeatable attribute takes and shows a list', async () => {
    const set = await put('emails', { value: ['zoe@example.com', 'quist@example.org'] });
    const { attributes } = await read(`/v1/contacts/${contactId}`, set);
    expect(attributes).toContainEqual(
      expect.objectContaining({ alias: 'emails', value: ['zoe@example.com', 'quist@example.org'] }),
    );
    expect(await put('emails', { value: 'zoe@example.com' })).toMatchObject({
      status: 422,
      body: { type: '/problems/attribute-misfit', reason: 'not-a-list' },
    });
  });

  it('ATT-3: agents neither see nor set what is switched off; services go on writing, and it is up to date', async () => {
    const off = await change('city', { enabled: false });
    expect(await put('city', { value: 'Breda' })).toMatchObject({
      status: 403,
      body: { type: '/problems/attribute-disabled' },
    });
    const set = await put('city', { value: 'Leiden' }, service);
    expect(set.status).toBe(200);
    expect(JSON.stringify(await read(`/v1/contacts/${contactId}`, set))).not.toContain('Leiden');
    expect(await api.call('GET /v1/attributes/city', { token: agent })).toMatchObject({ status: 404 });
    expect(await api.call('GET /v1/attributes/city', { token: admin })).toMatchObject({ status: 200 });
    const path = `GET /v1/contacts/${contactId}/attributes/city/history`;
    expect(await api.call(path, { token: agent })).toMatchObject({ status: 404 });
    const on = await change('city', { enabled: true });
    expect([off.status, on.status]).toEqual([200, 200]);
    expect(JSON.stringify(await read(`/v1/contacts/${contactId}`, on))).toContain('Leiden');
  });

  it('ATT-4: the history of a value, newest first, with source, actor and time; the same value records nothing', async () => {
    await define({ alias: 'plan', label: 'Plan', format: 'text' });
    const first = await put('plan', { value: 'free' });
    await put('plan', { value: 'free' });
    await put('plan', { value: 'pro', source: 'crm' }, service);
    const cleared = await api.call(`DELETE /v1/contacts/${contactId}/attributes/plan`, { token: agent });
    const history = await read(`/v1/contacts/${contactId}/attributes/plan/history`, cleared);
    const at = expect.any(String) as unknown;
    const byAgent = { source: 'agent', actor: { id: 'agent', role: 'agent' }, at };
    expect(history).toEqual({
      items: [
        { value: null, ...byAgent },
        { value: 'pro', source: 'crm', actor: { id: 'service', role: 'service' }, at },
        { value: 'free', ...byAgent },
      ],
    });
    const page = await read(`/v1/contacts/${contactId}/attributes/plan/history?limit=2`, first);
    expect(page['items']).toHaveLength(2);
    const rest = await read(
      `/v1/contacts/${contactId}/attributes/plan/history?limit=2&cursor=${String(page['nextCursor'])}`,
      first,
    );
    expect(rest).toEqual({ items: [{ value: 'free', ...byAgent }] });
    expect(await put('plan', { value: 'x', source: 'crm' })).toMatchObject({
      status: 403,
      body: { type: '/problems/source-not-allowed', source: 'crm' },
    });
  });

  it.each([
    ['language', { managed: true }, 422, 'not-manageable'],
    ['whatsapp.phone', { managed: true }, 422, 'not-manageable'],
    ['vip', { lookup: true }, 422, 'not-a-lookup'],
    ['vip', { retention: 'P1D' }, 422, 'no-retention'],
    ['city', { retention: 'soon' }, 400, 'validation'],
    ['city', { format: 'number' }, 400, 'validation'],
    ['shoeSize', { lookup: true }, 404, 'not-found'],
  ])('ATT-5, ATT-7: %s %j is refused: %i %s', async (alias, json, status, code) => {
    expect(await change(alias, json)).toMatchObject({ status, body: { type: `/problems/${code}` } });
  });

  it('ATT-5, ATT-7: lookup, managed and retention show in the catalogue', async () => {
    expect((await change('whatsapp.phone', { lookup: true, retention: 'P1Y' })).status).toBe(200);
    const managed = await change('city', { managed: true });
    const items = (await read('/v1/attributes', managed)) as { items: object[] };
    expect(items.items).toContainEqual(
      expect.objectContaining({ alias: 'phone', medium: 'whatsapp', lookup: true, retention: 'P1Y', managed: false }),
    );
    expect(items.items).toContainEqual(expect.objectContaining({ alias: 'city', managed: true, retention: null }));
    expect(await put('city', { value: 'Breda' })).toMatchObject({
      status: 403,
      body: { type: '/problems/managed-attribute' },
    });
    await change('city', { managed: false });
  });

  it('ATT-7: a dry run lists whose values have outlived the retention; nothing is cleared', async () => {
    const before = await put('city', { value: 'Delft' });
    await change('city', { retention: 'P30D' });
    const path = '/v1/attributes/city/retention/preview';
    expect(await read(path, before, admin)).toEqual({ items: [] });
    clock.jump(31 * 86_400_000);
    expect(await read(path, before, admin)).toEqual({
      items: [{ contactId, name: 'Zoë Quist', since: expect.any(String) }],
    });
    expect(JSON.stringify(await read(`/v1/contacts/${contactId}`, before))).toContain('Delft');
    expect(await api.call(`GET ${path}`, { token: agent })).toMatchObject({ status: 403 });
    await change('city', { retention: null });
    expect(await read(path, before, admin)).toEqual({ items: [] });
  });
});
