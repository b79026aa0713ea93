import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { attributeHistoryProjection } from '#contacts/attribute-history';
import { contactNotesProjection } from '#contacts/contact-notes';
import { messagesProjection } from '#conversations/messages';
import { collect, projectedDocuments } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const secret = '4111 1111 1111 1111';

describe('a redaction over HTTP', () => {
  let api: TestApi;
  let admin: string;
  let contactId: string;
  let conversationId: string;
  const messageIds: string[] = [];

  const call = (route: string, json?: object): Promise<Answer> =>
    api.call(route, { token: admin, ...(json && { json }) });

  beforeAll(async () => {
    api = await startTestApi({ acting: true });
    admin = await token('admin');
    const service = await token('service');
    const channelId = String((await call('POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
    for (const [n, text] of [`my card is ${secret}`, 'Has it arrived?'].entries()) {
      const json = { externalMessageId: `m${n}`, from: { externalUserId: 'jane' }, text };
      const { body } = await api.call(`POST /v1/channels/${channelId}/inbound`, { token: service, json });
      [contactId, conversationId] = [String(body['contactId']), String(body['conversationId'])];
      messageIds.push(String(body['messageId']));
    }
  });
  afterAll(async () => {
    await api.close();
  });

  /** Reads with what has been written. */
  async function after(written: Answer, route: string): Promise<Answer> {
    return api.call(route, { token: admin, headers: { 'ledger-position': String(written.body['position']) } });
  }
  const rebuilt = async (projection: Parameters<typeof projectedDocuments>[0]) =>
    projectedDocuments(projection, await collect(api.store.readAll()));
  const everything = async (): Promise<string> => JSON.stringify(await collect(api.store.readAll()));

  it('DEL-8: a message cannot be read again from anything that is left, its neighbour can', async () => {
    const [messageId = '', neighbour = ''] = messageIds;
    const redacted = await call('POST /v1/redactions', { kind: 'message', conversationId, messageId });
    expect([redacted.status, typeof redacted.body['redactionId']]).toEqual([201, 'string']);
    const { body } = await after(redacted, `GET /v1/conversations/${conversationId}/messages`);
    expect(body['items']).toMatchObject([
      { messageId, text: '', redacted: true },
      { messageId: neighbour, text: 'Has it arrived?' },
    ]);
    const search = await after(redacted, 'GET /v1/search?q=card&in=conversations');
    expect(search).toMatchObject({ status: 200, body: { items: [] } });
    expect(await everything()).not.toContain(secret);
    const documents = await rebuilt(messagesProjection);
    expect(documents.get(messageId)).toMatchObject({ text: '', redacted: true });
    expect(documents.get(neighbour)).toMatchObject({ text: 'Has it arrived?' });
    const again = await call('POST /v1/redactions', { kind: 'message', conversationId, messageId });
    expect(again.status).toBe(201);
  });

  it('DEL-8: a note goes with all of its earlier versions', async () => {
    const added = await call(`POST /v1/contacts/${contactId}/notes`, { text: `card ${secret}` });
    const noteId = String(added.body['noteId']);
    await call(`PATCH /v1/contacts/${contactId}/notes/${noteId}`, { text: `card: ${secret}` });
    const redacted = await call('POST /v1/redactions', { kind: 'contact-note', contactId, noteId });
    const { body } = await after(redacted, `GET /v1/contacts/${contactId}`);
    expect(body['notes']).toMatchObject([{ noteId, text: '', redacted: true, earlier: [{ text: '' }] }]);
    expect(await everything()).not.toContain(secret);
    expect((await rebuilt(contactNotesProjection)).get(noteId)).toMatchObject({ text: '', redacted: true });
  });

  it('DEL-8: an internal note goes', async () => {
    const added = await call(`POST /v1/conversations/${conversationId}/notes`, { text: `card ${secret}` });
    const noteId = String(added.body['noteId']);
    const redacted = await call('POST /v1/redactions', { kind: 'internal-note', conversationId, noteId });
    const { body } = await after(redacted, `GET /v1/conversations/${conversationId}`);
    expect(JSON.stringify(body)).not.toContain(secret);
    expect(await everything()).not.toContain(secret);
  });

  it('DEL-8: what an attribute held goes, once it is cleared', async () => {
    await call('POST /v1/attributes', { alias: 'card', label: 'Card', format: 'text' });
    await call(`PUT /v1/contacts/${contactId}/attributes/card`, { value: secret });
    const value = { kind: 'value', contactId, attribute: 'card' };
    expect(await call('POST /v1/redactions', value)).toMatchObject({
      status: 409,
      body: { type: '/problems/value-in-use' },
    });
    await call(`DELETE /v1/contacts/${contactId}/attributes/card`);
    expect((await call('POST /v1/redactions', value)).status).toBe(201);
    expect(await everything()).not.toContain(secret);
    const changes = [...(await rebuilt(attributeHistoryProjection)).values()];
    expect(changes).toMatchObject([
      { alias: 'card', value: null, redacted: true },
      { alias: 'card', value: null, redacted: false },
    ]);
  });

  it('DEL-8: needs an admin, and something that is there', async () => {
    const [messageId = ''] = messageIds;
    const json = { kind: 'message', conversationId, messageId };
    const agent = await token('agent');
    expect(await api.call('POST /v1/redactions', { token: agent, json })).toMatchObject({ status: 403 });
    expect(await call('POST /v1/redactions', { ...json, messageId: 'none' })).toMatchObject({ status: 404 });
    expect(await call('POST /v1/redactions', { kind: 'message', conversationId })).toMatchObject({ status: 400 });
  });
});
