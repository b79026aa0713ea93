import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMovableClock } from '#event-sourcing-testing';
import { startTestApi, token } from './testing/test-api.js';
import type { Answer, TestApi } from './testing/test-api.js';

const clock = createMovableClock();
const zone = 'Europe/Amsterdam';
const hours = { monday: [{ from: '09:00', to: '12:00' }] };
let api: TestApi;
let admin: string;
let channelId: string;
let calendarId: string;

const asAdmin = (route: string, json?: object): Promise<Answer> =>
  api.call(route, { token: admin, ...(json && { json }) });

beforeAll(async () => {
  api = await startTestApi({ clock });
  admin = await token('admin');
  channelId = String((await asAdmin('POST /v1/channels', { medium: 'custom', name: 'Shop' })).body['channelId']);
  const { body } = await asAdmin('POST /v1/business-hours', { name: 'Office', zone, hours });
  calendarId = String(body['calendarId']);
});
afterAll(async () => {
  await api.close();
});

describe('business hours', () => {
  const monday = new Date(Date.UTC(2027, 0, 4)).toISOString();
  const timeOf = async (query: string): Promise<unknown> =>
    (await asAdmin(`GET /v1/business-hours/time?from=${monday}&to=2027-01-05T00:00:00Z${query}`)).body['duration'];

  it('ASG-11: are added, chosen for a channel, changed, and archived', async () => {
    const night = { name: 'Night', zone: 'UTC', hours: {}, holidays: [{ date: '2027-01-01', name: 'New Year' }] };
    const other = String((await asAdmin('POST /v1/business-hours', night)).body['calendarId']);
    await asAdmin(`PUT /v1/channels/${channelId}/business-hours`, { calendarId: other });
    expect((await asAdmin(`GET /v1/business-hours/${other}`)).body).toEqual({
      ...night,
      calendarId: other,
      archived: false,
      default: false,
      channelIds: [channelId],
      teamIds: [],
      open: false,
    });
    await asAdmin(`PATCH /v1/business-hours/${other}`, { default: true });
    await asAdmin(`DELETE /v1/channels/${channelId}/business-hours`);
    await asAdmin(`PATCH /v1/business-hours/${calendarId}`, { default: true });
    await asAdmin(`DELETE /v1/business-hours/${other}`);
    const { items } = (await asAdmin('GET /v1/business-hours')).body as { items: object[] };
    expect(items).toHaveLength(2);
    expect(items).toContainEqual(expect.objectContaining({ calendarId, default: true, archived: false }));
    expect(items).toContainEqual(
      expect.objectContaining({ calendarId: other, default: false, channelIds: [], archived: true }),
    );
  });

  it('ASG-11: say how long somebody was there, by the calendar that was in force', async () => {
    clock.jump(Date.parse('2027-02-01T00:00:00.000Z') - Date.parse(clock.now()));
    await asAdmin(`PATCH /v1/business-hours/${calendarId}`, { hours: {} });
    expect(await timeOf('')).toBe('PT10800S');
    const later = await asAdmin('GET /v1/business-hours/time?from=2027-02-08T00:00:00Z&to=2027-02-09T00:00:00Z');
    expect(later.body['duration']).toBe('PT0S');
  });

  it('ASG-11: say what is wrong', async () => {
    const refused: readonly (readonly [string, object, number, string])[] = [
      ['POST /v1/business-hours', { name: 'A', zone: 'Europe/Atlantis', hours }, 422, 'unknown-zone'],
      [
        'POST /v1/business-hours',
        { name: 'A', zone, hours: { friday: [{ from: '12:00', to: '09:00' }] } },
        422,
        'hours-misfit',
      ],
      [
        'POST /v1/business-hours',
        { name: 'A', zone, hours: { friday: [{ from: '9am', to: '5pm' }] } },
        400,
        'validation',
      ],
      ['POST /v1/business-hours', { name: 'A', zone, hours: { someday: [] } }, 400, 'validation'],
      ['POST /v1/business-hours', { name: 'A', zone, hours, holidays: [{ date: '2026-02-30' }] }, 400, 'validation'],
      [`PUT /v1/channels/${channelId}/business-hours`, { calendarId: 'none' }, 422, 'unknown-calendar'],
      ['PUT /v1/channels/none/business-hours', { calendarId }, 404, 'not-found'],
      ['PUT /v1/teams/none/business-hours', { calendarId }, 404, 'not-found'],
    ];
    for (const [route, json, status, type] of refused) {
      const answer = await asAdmin(route, json);
      expect([route, answer.status, answer.body['type']]).toEqual([route, status, `/problems/${type}`]);
    }
    expect((await asAdmin(`DELETE /v1/business-hours/${calendarId}`)).body['type']).toBe('/problems/default-calendar');
    const tooLong = await asAdmin('GET /v1/business-hours/time?from=2020-01-01T00:00:00Z&to=2027-01-01T00:00:00Z');
    expect(tooLong.status).toBe(400);
  });
});
