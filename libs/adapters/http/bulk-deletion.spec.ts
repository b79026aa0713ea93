import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
let vips: string[];
let other: string;
let merged: string;
let fingerprint: unknown;

const vip = { field: 'vip', operator: 'is', value: true };
const post = (path: string, json: object): Promise<Answer> => api.call(`POST ${path}`, { token: admin, json });

beforeAll(async () => {
  api = await startTestApi({ acting: true });
  admin = await token('admin');
  const names = ['Ada Vee', 'Bo Vee', 'Cy Other', 'Di Merged'];
  const made = await Promise.all(names.map((name) => post('/v1/contacts', { name })));
  const ids = made.map(({ body }) => body['contactId'] as string);
  [vips, other, merged] = [ids.slice(0, 2), ids[2] ?? '', ids[3] ?? ''];
  const [ada, bo] = vips;
  await post(`/v1/contacts/${ada}/merge`, { secondaryId: merged });
  for (const id of [bo, other]) await api.call(`PUT /v1/contacts/${ada}/links/${id}`, { token: admin });
  let last: Answer | undefined;
  for (const id of vips) last = await api.call(`PUT /v1/contacts/${id}/vip`, { token: admin });
  const headers = { 'ledger-position': last?.body['position'] as string };
  await api.call(`GET /v1/contacts/${other}`, { token: admin, headers });
});
afterAll(async () => {
  await api.close();
});

/** The job once it is over. */
async function ended(jobId: unknown, position: unknown): Promise<Answer['body']> {
  for (;;) {
    const headers = { 'ledger-position': position as string };
    const { status, body } = await api.call(`GET /v1/jobs/${jobId as string}`, { token: admin, headers });
    expect(status).toBe(200);
    if (body['state'] !== 'running') return body;
  }
}

describe('a bulk deletion', () => {
  it('DEL-7: is previewed with count and sample, and nothing happens', async () => {
    const preview = await post('/v1/bulk-deletions/preview', { condition: vip });
    expect(preview).toMatchObject({ status: 200, body: { count: 2, mergedCount: 1 } });
    fingerprint = preview.body['fingerprint'];
    const [ada = '', bo = ''] = vips;
    const inOrder = (one: { contactId: string }, another: { contactId: string }) =>
      one.contactId < another.contactId ? -1 : 1;
    expect(new Set(preview.body['sample'] as object[])).toStrictEqual(
      new Set([
        {
          contactId: ada,
          name: 'Ada Vee',
          hint: 'A•••• V••••',
          mergedIds: [merged],
          linked: [
            { contactId: bo, by: 'hand', selected: true },
            { contactId: other, by: 'hand', selected: false },
          ].sort(inOrder),
        },
        {
          contactId: bo,
          name: 'Bo Vee',
          hint: 'B•••• V••••',
          mergedIds: [],
          linked: [{ contactId: ada, by: 'hand', selected: true }],
        },
      ]),
    );
    expect(await post('/v1/bulk-deletions/preview', { inactiveDays: 1 })).toMatchObject({ body: { count: 0 } });
  });

  it('DEL-7: is refused for another count than the preview’s, and for other contacts', async () => {
    const other = await post('/v1/bulk-deletions', {
      condition: vip,
      count: 2,
      fingerprint: '0'.repeat(32),
      reason: 'legal',
    });
    expect(other).toMatchObject({ status: 409, body: { type: '/problems/selection-changed' } });
    const refused = await post('/v1/bulk-deletions', { condition: vip, count: 3, fingerprint, reason: 'legal' });
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/count-changed', count: 2 } });
  });

  it('DEL-7: deletes each contact with an audit entry of its own, in the name of the admin', async () => {
    await api.call('PATCH /v1/settings', { token: admin, json: { deletionReasons: ['test-data'] } });
    const wanted = { condition: vip, count: 2, fingerprint };
    const unknown = await post('/v1/bulk-deletions', { ...wanted, reason: 'because' });
    expect(unknown).toMatchObject({ status: 422, body: { type: '/problems/unknown-reason' } });
    const confirmed = await post('/v1/bulk-deletions', { ...wanted, reason: 'test-data' });
    expect(confirmed).toMatchObject({ status: 202 });
    const { jobId, position } = confirmed.body;
    expect(await ended(jobId, position)).toMatchObject({
      kind: 'bulk-deletion',
      state: 'done',
      total: 2,
      deleted: 2,
      kept: 0,
      requestedBy: { id: 'admin', role: 'admin' },
    });
    let entries: { contactIds: string[]; reason: string; admin: object }[] = [];
    while (entries.length < 2) {
      const { body } = await api.call('GET /v1/audit/deleted-contacts', { token: admin });
      entries = body['items'] as typeof entries;
    }
    expect(entries.flatMap(({ contactIds }) => contactIds).toSorted()).toStrictEqual([...vips, merged].toSorted());
    for (const entry of entries) {
      expect(entry).toMatchObject({ reason: 'test-data', admin: { userId: 'admin', name: 'admin' } });
    }
    for (const id of vips) expect((await api.call(`GET /v1/contacts/${id}`, { token: admin })).status).toBe(410);
    expect((await api.call(`GET /v1/contacts/${other}`, { token: admin })).status).toBe(200);
    expect((await api.call('GET /v1/jobs', { token: admin })).body['items']).toMatchObject([{ jobId, state: 'done' }]);
    const late = await api.call(`DELETE /v1/jobs/${jobId as string}`, { token: admin });
    expect(late).toMatchObject({ status: 409, body: { type: '/problems/job-over' } });
  });

  it.each([
    [{}, '/condition'],
    [{ condition: vip, inactiveDays: 3 }, '/condition'],
    [{ condition: { field: 'attribute.none', operator: 'is', value: 1 } }, '/condition/field'],
    [{ inactiveDays: 0 }, '/inactiveDays'],
  ])('refuses %j', async (body, pointer) => {
    const { status, body: problem } = await post('/v1/bulk-deletions/preview', body);
    expect({ status, errors: problem['errors'] }).toStrictEqual({
      status: 400,
      errors: [{ pointer, detail: expect.any(String) }],
    });
  });
});
