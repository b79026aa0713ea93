import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, token } from './testing/test-api.js';
import type { TestApi } from './testing/test-api.js';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi({ described: true });
  admin = await token('admin');
});
afterAll(async () => {
  await api.close();
});

const change = (json: object, headers: Record<string, string> = {}) =>
  api.call('PATCH /v1/settings', { token: admin, json, headers });
const settings = async (): Promise<object> => (await api.call('GET /v1/settings', { token: admin })).body;

describe('the settings', () => {
  it('ASG-3, ASG-5, ASG-9, CNV-9: are changed one by one; what is not named stays', async () => {
    const first = { removeAssignmentWhenOffline: true, waitingPointsPerMinute: 0.5, closingNotes: { mode: 'both' } };
    expect(await change(first)).toMatchObject({ status: 200 });
    expect(await change({ maxOpenPerAgent: 5 })).toMatchObject({ status: 200 });
    expect(await settings()).toMatchObject({ ...first, maxOpenPerAgent: 5 });
    expect(await change({ maxOpenPerAgent: null, waitingPointsPerMinute: 0 })).toMatchObject({ status: 200 });
    expect(await settings()).toMatchObject({ ...first, maxOpenPerAgent: null, waitingPointsPerMinute: 0 });
  });

  it('answers the same again to the same Idempotency-Key, also after a later change', async () => {
    const key = { 'idempotency-key': 'settings-1' };
    const first = await change({ maxOpenPerAgent: 7, closingNotes: { mode: 'off' } }, key);
    await change({ maxOpenPerAgent: 8, closingNotes: { mode: 'optional' } });
    const again = await change({ maxOpenPerAgent: 7, closingNotes: { mode: 'off' } }, key);
    expect({ status: again.status, body: again.body }).toEqual({ status: 200, body: first.body });
    expect(await settings()).toMatchObject({ maxOpenPerAgent: 8, closingNotes: { mode: 'optional' } });
  });

  it.each([
    [{ maxOpenPerAgent: 0 }, '/maxOpenPerAgent'],
    [{ maxOpenPerAgent: 1.5 }, '/maxOpenPerAgent'],
    [{ waitingPointsPerMinute: -1 }, '/waitingPointsPerMinute'],
    [{ waitingPointsPerMinute: 0.0001 }, '/waitingPointsPerMinute'],
    [{ waitingPointsPerMinute: null }, '/waitingPointsPerMinute'],
    [{ removeAssignmentWhenOffline: 'yes' }, '/removeAssignmentWhenOffline'],
    [{ closingNotes: { mode: 'loud' } }, '/closingNotes/mode'],
    [{ closingNotes: null }, '/closingNotes'],
    [{ colour: 'red' }, '/colour'],
  ])('are refused outside of what they can be: %j', async (json, pointer) => {
    const { status, body } = await change(json);
    expect({ status, pointers: (body['errors'] as { pointer: string }[]).map((error) => error.pointer) }).toEqual({
      status: 400,
      pointers: [pointer],
    });
  });
});
