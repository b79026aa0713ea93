import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256, verifySignature } from '#adapters/runtime';
import { faultOfCertificate } from '#deletion-audit/certificate';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

describe('an erasure over HTTP', () => {
  let api: TestApi;
  let admin: string;
  let auditor: string;
  let erasureId: string;
  let contactId: string;

  beforeAll(async () => {
    api = await startTestApi({ acting: true });
    [admin, auditor] = await Promise.all([token('admin'), token('auditor')]);
    const made = await api.call('POST /v1/contacts', { token: admin, json: { name: 'Ann Lee' } });
    contactId = String(made.body['contactId']);
    const json = { contactId, hint: 'A•••• L••••', reason: 'legal', note: 'asked by phone' };
    erasureId = String((await api.call('POST /v1/erasures', { token: admin, json })).body['erasureId']);
  });
  afterAll(async () => {
    await api.close();
  });

  const audit = (path: string): Promise<Answer> => api.call(`GET /v1/${path}`, { token: auditor });

  async function removed(): Promise<Answer> {
    for (;;) {
      const answer = await audit(`erasures/${erasureId}`);
      if (answer.body['state'] === 'removed') return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('DEL-6: goes through to removed, with the times of both ends', async () => {
    const { body } = await removed();
    expect(body).toMatchObject({
      erasureId,
      contactIds: [contactId],
      hint: 'A•••• L••••',
      reason: 'legal',
      admin: { userId: 'admin', name: 'admin' },
      counts: { identities: 0, conversations: 0, messages: 0, notes: 0, attributes: 0 },
    });
    expect([typeof body['unreadableAt'], typeof body['completedAt']]).toEqual(['string', 'string']);
    expect(JSON.stringify(body)).not.toContain('asked by phone');
  });

  it('DEL-4: is certified, and the certificate holds without the server', async () => {
    const certificate = await audit(`erasures/${erasureId}/certificate`);
    expect(certificate).toMatchObject({ status: 200, body: { facts: { contactIds: [contactId], reason: 'legal' } } });
    expect(faultOfCertificate(certificate.body, { verify: verifySignature, sha256 })).toBeUndefined();
    expect(await audit('erasures/none/certificate')).toMatchObject({ status: 404 });
  });

  it('S7: a sealed head is signed by the same key, and a chain that lacks it is told apart', async () => {
    const head = (await audit('audit/deleted-contacts/head')).body;
    expect(head).toMatchObject({ kind: 'inbox-ledger/audit-head', events: 3, entries: 1 });
    const verify = (events: number) =>
      audit(`audit/deleted-contacts/verify?events=${events}&head=${String(head['head'])}`);
    expect((await verify(3)).body).toEqual({ ok: true, entries: 1, head: head['head'], continuesHead: true });
    expect((await verify(4)).body).toMatchObject({ ok: true, continuesHead: false });
    expect(await audit('audit/deleted-contacts/verify?events=x')).toMatchObject({ status: 400 });
  });

  it('DEL-3: only the roles of the audit see certificates and heads', async () => {
    const agent = await token('agent');
    for (const path of [`erasures/${erasureId}/certificate`, 'audit/deleted-contacts/head']) {
      expect(await api.call(`GET /v1/${path}`, { token: agent })).toMatchObject({ status: 403 });
    }
  });
});
