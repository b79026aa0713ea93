import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from '../testing/test-api.js';
import type { TestApi } from '../testing/test-api.js';

describe('connecting channels', () => {
  let api: TestApi;
  let admin: string;
  beforeAll(async () => {
    api = await startTestApi();
    admin = await token('admin');
  });
  afterAll(async () => {
    await api.close();
  });

  it('answers the new id, and where the command is settled', async () => {
    const { status, body, headers } = await api.call('POST /v1/channels', {
      token: admin,
      json: { medium: 'custom', name: 'Shop' },
    });
    expect({ status, body }).toEqual({
      status: 201,
      body: { channelId: expect.stringMatching(/^[0-9a-f-]{36}$/), position: headers.get('ledger-position') },
    });
    expect(headers.get('etag')).toBe('"0"');
  });

  it('answers the same again to the same Idempotency-Key', async () => {
    const sent = { token: admin, json: { medium: 'custom', name: 'Shop' }, headers: { 'idempotency-key': 'k1' } };
    const first = await api.call('POST /v1/channels', sent);
    const again = await api.call('POST /v1/channels', sent);
    expect({ ...again, headers: again.headers.get('ledger-position') }).toEqual({
      ...first,
      headers: first.headers.get('ledger-position'),
    });
  });

  it('refuses another body under the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'k2' };
    await api.call('POST /v1/channels', { token: admin, headers, json: { medium: 'custom', name: 'A' } });
    const { status, body } = await api.call('POST /v1/channels', {
      token: admin,
      headers,
      json: { medium: 'custom', name: 'B' },
    });
    expect({ status, type: body['type'] }).toEqual({ status: 422, type: '/problems/command-id-reused' });
  });

  it('is refused with a pointer to each misfit', async () => {
    const json = { medium: 'fax', settings: { appSecret: '', secret: 'x' }, extra: 1 };
    const { status, body, headers } = await api.call('POST /v1/channels', { token: admin, json });
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(status).toBe(400);
    expect(body).toEqual({
      type: '/problems/validation',
      title: 'Validation',
      status: 400,
      detail: 'The request does not have the shape that this call takes; errors[] says where.',
      instance: '/v1/channels',
      errors: [
        { pointer: '/extra', detail: 'property extra should not exist' },
        { pointer: '/medium', detail: expect.stringContaining('must be one of') },
        { pointer: '/name', detail: 'name must be a string' },
        { pointer: '/settings/secret', detail: 'property secret should not exist' },
        { pointer: '/settings/appSecret', detail: 'appSecret must be longer than or equal to 1 characters' },
      ],
    });
  });
});
